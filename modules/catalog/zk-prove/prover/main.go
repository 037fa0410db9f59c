package main

import (
	"crypto/rand"
	"flag"
	"fmt"
	"os"

	"github.com/consensys/gnark/logger"
)

func main() {
	value := flag.String("value", "", "the number, below 2^64")
	secret := flag.String("secret", "", "what hides it in the commitment")
	minimum := flag.String("minimum", "", "what it is at least; 0 when empty")
	flag.Parse()
	logger.Disable() // it would write times to stdout
	root, err := os.OpenRoot("/outputs")
	if err == nil {
		rand.Reader = hedged(rand.Reader, *secret, *value, *minimum)
		err = run(root, *value, *secret, *minimum, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "zk-prove:", err)
		os.Exit(1)
	}
}
