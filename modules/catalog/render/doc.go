// Command render draws a picture from a few parameters and writes it to
// /outputs as a PNG: two scenes by path tracing, and the Mandelbrot set.
//
//	$ render -scene spheres -width 320 -height 200 -samples 16 -seed 7
//
// It is a stepper (docs/bisection.md) and a Linux program of the same source, and both write
// the same bytes on every machine: random numbers come from the seed and the
// pixel, and no product is fused with a sum, since every one is converted to
// float64 before it is added (Go specification, floating-point operators). Of
// package math only what IEEE 754 defines to the bit is used.
package main
