package evm

// Fault is what decodes reverts.
var Fault = fault
