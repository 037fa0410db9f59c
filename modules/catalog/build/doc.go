// Command build compiles the catalog's modules into modules/catalog/dist: a
// WASI command and a Linux program each, packed, with index.json and
// SHA256SUMS. Its output depends on nothing but the source and the pinned Go.
//
//	go run ./modules/catalog/build          # write dist
//	go run ./modules/catalog/build -check   # compare dist with the source
//
// It runs in the repository's root folder.
package main
