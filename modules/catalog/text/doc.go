// Command text tells which language texts are in: one that it is given, or
// each line of a file in /inputs. It writes a line for each to
// /outputs/languages.csv.
//
//	$ text -text "Guten Morgen"
//
// It is a WASI command and a Linux program of the same source, with the same
// output: package language has the model and why it is so.
package main
