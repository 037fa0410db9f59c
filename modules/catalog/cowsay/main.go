package main

import (
	"os"
	"strings"
)

func main() {
	if _, err := os.Stdout.WriteString(say(strings.Join(os.Args[1:], " "))); err != nil {
		os.Exit(1)
	}
}
