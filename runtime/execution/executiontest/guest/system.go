//go:build !wasip1

package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"
)

func dial(address string) error {
	c, err := net.DialTimeout("tcp", address, time.Second)
	if err != nil {
		return err
	}
	return c.Close()
}

// deaf ignores the polite signal.
func deaf() error {
	signal.Ignore(syscall.SIGTERM)
	fmt.Println("deaf")
	return wait()
}

// fork starts processes until the system refuses, and reports how many it got.
func fork() error {
	for i := 0; ; i++ {
		if err := exec.Command(os.Args[0], "wait").Start(); err != nil {
			fmt.Println("forked", i)
			return nil
		}
		if i == 10_000 {
			return fmt.Errorf("no limit after %d processes", i)
		}
	}
}
