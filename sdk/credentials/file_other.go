//go:build !unix

package credentials

// noWait is nothing where opening a file never waits for others.
const noWait = 0
