// Code generated from hostapi/schema; DO NOT EDIT.

import * as item from "./item";

export const MAJOR: u32 = 1;
export const MINOR: u32 = 1;

export const HOOK_MATCH: u32 = 1;
export const HOOK_ADMIT: u32 = 2;
export const HOOK_ALLOW: u32 = 3;
export const HOOK_MEDIATE: u32 = 4;
export const HOOK_COMPARE: u32 = 5;

/** SettingType is how a setting's value is stored. */
export enum SettingType {
  Int = 1, // the value is in int
  Text = 2, // the value is in text
  Bool = 3, // int is 0 or 1
  List = 4, // int is the number of elements, which follow as key.0, key.1, …
}

/** Engine is what runs a job. */
export enum Engine {
  Wasm = 1,
  Docker = 2,
  Noop = 3,
}

/** Sameness is a comparator's answer. */
export enum Sameness {
  Equal = 1,
  Different = 2,
  Incomparable = 3,
}

/** Param is an integer agreed in a deal, for a scheme or a comparator. */
export class Param extends item.Element {
  get key(): string { return item.str(this.it, this.at + 0); }
  get value(): i64 { return load<i64>(this.it + this.at, 8); }
}

/** Label is what a provider declares about itself, or a job demands. */
export class Label extends item.Element {
  get key(): string { return item.str(this.it, this.at + 0); }
  get value(): string { return item.str(this.it, this.at + 8); }
}

/** Signer is an identity that signed the module. */
export class Signer extends item.Element {
  get identity(): string { return item.str(this.it, this.at + 0); }
  get issuer(): string { return item.str(this.it, this.at + 8); }
}

/** Setting is one leaf of the operator's settings. Keys of nested objects are joined by dots. */
export class Setting extends item.Element {
  get key(): string { return item.str(this.it, this.at + 0); }
  get text(): string { return item.str(this.it, this.at + 8); }
  get int(): i64 { return load<i64>(this.it + this.at, 16); }
  get type(): SettingType { return <SettingType>load<u8>(this.it + this.at, 24); }
}

export const KIND_SETTINGS_RECORD: u32 = 1;
export const SIZE_SETTINGS_RECORD: u32 = 24;

/** Settings is all settings of a plugin, sorted by key: the argument of lilypad_configure. */
@unmanaged
export class SettingsRecord {
  get settings(): item.List<Setting> { return new item.List<Setting>(changetype<usize>(this), 16, 32); }
}
