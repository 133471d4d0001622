module github.com/ackgen/ackgen/testdata/clientgo

go 1.26.0

require (
	github.com/ackgen/ackgen v0.0.0
	k8s.io/api v0.37.2
	k8s.io/apimachinery v0.37.2
	k8s.io/client-go v0.37.2
)

replace github.com/ackgen/ackgen => ../..
