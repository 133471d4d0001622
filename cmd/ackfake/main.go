// Command ackfake is a fake of Alibaba Cloud Container Service for Kubernetes (ACK) as a
// program: sdk/acktest with flags, a file for its state, and a log.
//
// It may import cobra, cmd/internal, internal/privatefile, internal/spell and sdk/acktest
// with its samples.
package main

import "os"

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
