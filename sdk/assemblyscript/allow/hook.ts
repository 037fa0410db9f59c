// For plugins that say which modules may run.
//
// Modules are views: keep none after rule returns.
import * as guest from "../guest";
import { ModuleRecord, Permission, RulingRecord, KIND_MODULE_RECORD, SIZE_MODULE_RECORD, SIZE_RULING_RECORD } from "./allow_gen";

/** Module is a module that someone wants to run. */
@unmanaged
export class Module extends ModuleRecord {}

/** Hook rules on one module. The answer may depend on nothing else: neither on other modules nor on earlier calls. */
export abstract class Hook {
  abstract rule(module: Module): Ruling;
}

let make: ((s: guest.Settings) => Hook) | null = null;
let hook: Hook | null = null;

/** register names what makes the hook from its settings. */
export function register(f: (s: guest.Settings) => Hook): void {
  make = f;
  guest.register((s) => { hook = make!(s); });
}

export function lilypad_allow_1(input: usize, len: u32, out: usize, room: u32): i32 {
  if (guest.open(guest.HOOK_ALLOW, hook != null, input, len, out, room)) {
    for (let i: u32 = 0; i < guest.count(); i++) {
      const module = guest.item(i, KIND_MODULE_RECORD, SIZE_MODULE_RECORD);
      if (!module) break;
      hook!.rule(changetype<Module>(module)).put(guest.next(SIZE_RULING_RECORD));
    }
  }
  return guest.close();
}

/** Ruling is what a plugin says of a module. */
export class Ruling extends RulingRecord {
  constructor(permission: Permission, rule: u32) {
    super();
    this.permission = permission;
    this.rule = rule;
  }

  /** because gives a reason. Words for it are in the manifest. */
  because(reason: i32): Ruling {
    this.reason = <u16>reason;
    return this;
  }

  /** with fills in the reason's arguments. */
  with(arg0: u64, arg1: u64): Ruling {
    this.arg0 = arg0;
    this.arg1 = arg1;
    return this;
  }
}

/** allow lets the module run by a rule, counted from 1. */
export function allow(rule: u32): Ruling { return new Ruling(Permission.Allow, rule); }

/** deny keeps the module out by a rule, counted from 1; 0 when it is by none. */
export function deny(rule: u32): Ruling { return new Ruling(Permission.Deny, rule); }

/** abstain leaves the module to the next plugin. */
export function abstain(): Ruling { return new Ruling(Permission.Abstain, 0); }
