package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	var (
		width = flag.String("width", "", "width of the thumbnail in pixels, 1 to 2048; 256 when empty")
		file  = flag.String("file", "", "path of the image below /inputs; the first image when empty")
	)
	flag.Parse()
	root, err := os.OpenRoot("/outputs")
	if err == nil {
		err = run(os.DirFS("/inputs"), root, *file, *width, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "thumbnail:", err)
		os.Exit(1)
	}
}
