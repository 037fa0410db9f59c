package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	text := flag.String("text", "", "what to look at; the lines of a file when empty")
	file := flag.String("file", "", "path of a text file below /inputs; the first .txt when empty")
	flag.Parse()
	root, err := os.OpenRoot("/outputs")
	if err == nil {
		err = run(os.DirFS("/inputs"), root, *text, *file, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "text:", err)
		os.Exit(1)
	}
}
