// Code generated from hostapi/schema; DO NOT EDIT.

export * from "./hook";
export * from "./match_gen";
export { Engine, Label } from "../guest";
export { lilypad_arena, lilypad_configure, Settings } from "../guest";
