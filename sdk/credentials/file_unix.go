//go:build unix

package credentials

import "syscall"

// noWait makes opening a pipe end at once.
const noWait = syscall.O_NONBLOCK
