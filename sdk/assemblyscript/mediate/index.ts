// Code generated from hostapi/schema; DO NOT EDIT.

export * from "./hook";
export * from "./mediate_gen";
export { Param, Sameness } from "../guest";
export { lilypad_arena, lilypad_configure, Settings } from "../guest";
