// Package oapi is the client that oapi-codegen makes of our bundle, with the
// operations that are measured. The client is generated when they are measured and
// is not committed; without it the package is empty.
package oapi
