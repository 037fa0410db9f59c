// Code generated from hostapi/schema; DO NOT EDIT.

export * from "./hook";
export * from "./admit_gen";
export { Engine, Label, Signer } from "../guest";
export { lilypad_arena, lilypad_configure, Settings } from "../guest";
