module github.com/ackgen/ackgen/testdata/bench

go 1.26.0

require github.com/stretchr/testify v1.12.1

require (
	github.com/go-json-experiment/json v0.0.0-20260820222146-c27c302e5fc3 // indirect
	golang.org/x/time v0.16.0 // indirect
)

require (
	github.com/ackgen/ackgen v0.0.0
	go.yaml.in/yaml/v3 v3.0.6
)

replace github.com/ackgen/ackgen => ../..
