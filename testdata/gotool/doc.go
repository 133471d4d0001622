// Package gotool tests codegen as a tool of other modules. Releases of this repository
// and its dependencies come from a folder, so that nothing has to be published.
package gotool
