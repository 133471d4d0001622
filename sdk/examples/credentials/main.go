// Command credentials tells with which AccessKey it would sign, without asking
// ACK for anything.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/credentials"
	"github.com/ackgen/ackgen/sdk/roa"
)

func main() {
	if err := tell(context.Background(), credentials.Default(), os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func tell(ctx context.Context, provider roa.CredentialsProvider, w io.Writer) error {
	c, err := provider.Credentials(ctx)
	if errors.Is(err, credentials.ErrNotConfigured) {
		return fmt.Errorf("set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or log in with the CLI: %w", err)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "AccessKey %s, secret %s\n", c.AccessKeyID, c.AccessKeySecret) // prints [REDACTED]
	return err
}

// fromEnvironment talks to the region that the machine is set up for.
func fromEnvironment(more ...roa.Option) (*ack.Client, error) {
	options, err := credentials.FromEnvironment()
	if err != nil {
		return nil, err
	}
	return ack.New(append(options, more...)...) // later options win
}

// client signs with whatever the default chain finds.
func client() (*ack.Client, error) {
	return ack.New(
		roa.WithRegion("cn-beijing"),
		roa.WithCredentials(credentials.Default()),
	)
}

// inPod uses the RAM role of the Kubernetes service account (RRSA).
func inPod() roa.CredentialsProvider {
	return credentials.OIDC(credentials.OIDCOptions{
		STS: credentials.STSOptions{Region: "cn-beijing", VPC: true},
	})
}

// onInstance uses the RAM role of the ECS instance.
func onInstance() roa.CredentialsProvider {
	return credentials.ECSRole(credentials.ECSRoleOptions{RoleName: "worker-role"})
}

// deployer assumes a role in another account with the key of this one.
func deployer() roa.CredentialsProvider {
	return credentials.RAMRole(credentials.RAMRoleOptions{
		Source:      credentials.Environment(),
		RoleARN:     "acs:ram::123456789012345678:role/deployer",
		SessionName: "nightly",
		Duration:    30 * time.Minute,
	})
}

// pipeline uses the environment on build machines, and the CLI on desks.
func pipeline() roa.CredentialsProvider {
	return credentials.Chain(
		credentials.Environment(),
		credentials.CLIProfile(credentials.CLIProfileOptions{Profile: "test"}),
	)
}
