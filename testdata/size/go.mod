module github.com/ackgen/ackgen/testdata/size

go 1.26.0

require github.com/ackgen/ackgen v0.0.0

require (
	github.com/go-json-experiment/json v0.0.0-20260820222146-c27c302e5fc3 // indirect
	golang.org/x/time v0.16.0 // indirect
)

replace github.com/ackgen/ackgen => ../..
