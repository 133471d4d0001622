package credentials_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/credentials"
	"github.com/ackgen/ackgen/sdk/roa"
)

// setenv sets what a shell, a pod or a CI job sets for a real program. The function that it returns takes it back.
func setenv(values map[string]string) (unset func()) {
	for name, value := range values {
		if err := os.Setenv(name, value); err != nil {
			panic(err) //nolint:forbidigo // an example has no test that could fail
		}
	}
	return func() {
		for name := range values {
			if err := os.Unsetenv(name); err != nil {
				panic(err) //nolint:forbidigo // an example has no test that could fail
			}
		}
	}
}

// The options make a client for the account and the region that the machine is set up for.
func ExampleFromEnvironment() {
	defer setenv(map[string]string{
		"ALIBABA_CLOUD_REGION_ID":         "cn-beijing",
		"ALIBABA_CLOUD_ACCESS_KEY_ID":     "my-access-key-id",
		"ALIBABA_CLOUD_ACCESS_KEY_SECRET": "my-access-key-secret",
	})()

	options, err := credentials.FromEnvironment()
	if err != nil {
		fmt.Println(err)
		return
	}
	client, err := ack.New(append(options, roa.WithUserAgent("my-program/1.2"))...)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(client)
	// Output:
	// roa.Client(ack at https://cs.cn-beijing.aliyuncs.com)
}

// Default looks where the tools of Alibaba Cloud look, and keeps to the first place that has credentials.
func ExampleDefault() {
	defer setenv(map[string]string{
		"ALIBABA_CLOUD_ACCESS_KEY_ID":     "my-access-key-id",
		"ALIBABA_CLOUD_ACCESS_KEY_SECRET": "my-access-key-secret",
	})()

	provider := credentials.Default()
	client, err := ack.New(roa.WithRegion("cn-beijing"), roa.WithCredentials(provider))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(client)

	// A program that wants to report missing credentials when it starts asks once by itself. Credentials print as [REDACTED].
	found, err := provider.Credentials(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(found.AccessKeyID, found)
	// Output:
	// roa.Client(ack at https://cs.cn-beijing.aliyuncs.com)
	// my-access-key-id [REDACTED]
}

// A program that keeps its AccessKey in a store of its own passes it on.
func ExampleStatic() {
	readStore := func(name string) string { return "value of " + name }
	client, err := ack.New(
		roa.WithRegion("cn-beijing"),
		roa.WithCredentials(credentials.Static(readStore("id"), readStore("secret"))),
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(client)
	// Output:
	// roa.Client(ack at https://cs.cn-beijing.aliyuncs.com)
}

// A long-running program assumes a role. STS is asked by the first call, and again before each session ends.
func ExampleRAMRole() {
	client, err := ack.New(roa.WithRegion("cn-beijing"), roa.WithCredentials(credentials.RAMRole(credentials.RAMRoleOptions{
		Source:      credentials.Default(),
		RoleARN:     "acs:ram::1234567890123456:role/cluster-reader",
		SessionName: "my-program",
		Duration:    30 * time.Minute,
		STS:         credentials.STSOptions{Region: "cn-beijing"},
	})))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(client)
	// Output:
	// roa.Client(ack at https://cs.cn-beijing.aliyuncs.com)
}

// A chain goes on to its next provider while the ones before are not set up. Its error tells all that was tried.
func ExampleChain() {
	defer setenv(map[string]string{"ALIBABA_CLOUD_ACCESS_KEY_ID": "", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": ""})()

	chain := credentials.Chain(
		credentials.Environment(),
		credentials.CLIProfile(credentials.CLIProfileOptions{File: "no-such-file.json"}),
	)
	_, err := chain.Credentials(context.Background())
	if errors.Is(err, credentials.ErrNotConfigured) {
		fmt.Println("set up credentials first")
	}
	if failed, ok := errors.AsType[*credentials.ChainError](err); ok {
		fmt.Println("looked in", len(failed.Attempts), "places")
	}
	// Output:
	// set up credentials first
	// looked in 2 places
}
