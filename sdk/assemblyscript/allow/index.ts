// Code generated from hostapi/schema; DO NOT EDIT.

export * from "./hook";
export * from "./allow_gen";
export { Engine, Signer } from "../guest";
export { lilypad_arena, lilypad_configure, Settings } from "../guest";
