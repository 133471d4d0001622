// Command quickstart shows the SDK at work without an Alibaba Cloud account: it starts the fake ACK server in its own process, creates a
// cluster, lists the nodes, gets a kubeconfig, and says how to do the same with the real service.
//
// It may import the public packages of the SDK only, like a program of a user.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "quickstart:", err)
		os.Exit(1)
	}
}

// run takes every step and tells about it on w.
func run(w io.Writer) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	p := &printer{w: w}

	p.say("Step 1 of 5: start a fake ACK server.")
	srv, err := acktest.Start(acktest.WithExamples())
	if err != nil {
		return err
	}
	defer srv.Close()
	p.say("  It runs inside this program at %s, costs nothing and needs no account.", srv.URL)
	p.say("  It checks the signature and the content of every request like the real service,")
	p.say("  and responds with the examples of the API description.")

	client, err := ack.New(srv.Options()...)
	if err != nil {
		return err
	}
	id, err := createCluster(ctx, p, client)
	if err != nil {
		return err
	}
	if err := listNodes(ctx, p, client, id); err != nil {
		return err
	}
	if err := getKubeconfig(ctx, p, client, id); err != nil {
		return err
	}
	if err := missCluster(ctx, p, srv, client); err != nil {
		return err
	}
	p.say("%s", realService)
	return p.err
}

func createCluster(ctx context.Context, p *printer, client ack.ClustersAPI) (string, error) {
	p.say("\nStep 2 of 5: create a cluster with two worker machines.")
	out, err := client.CreateCluster(ctx, &ack.CreateClusterRequest{
		Name:        "my-first-cluster",
		RegionID:    "cn-hangzhou",
		ClusterType: new(ack.ClusterTypeManagedKubernetes),
		ClusterSpec: new(ack.ClusterSpecACKProSmall),
		VPCID:       new("vpc-bp1ixo1ouhygr34hgabcd"),
		VSwitchIDs:  []string{"vsw-bp1ads3kwl9v9jzbzabcd"},
		NodePools: []ack.NodePoolSpec{{
			NodePoolInfo: &ack.NodePoolInfoSpec{Name: "workers"},
			ScalingGroup: &ack.ScalingGroupSpec{
				VSwitchIDs:    []string{"vsw-bp1ads3kwl9v9jzbzabcd"},
				InstanceTypes: []string{"ecs.g7.xlarge"},
				DesiredSize:   new(int64(2)),
			},
		}},
	})
	if err != nil {
		return "", err
	}
	p.say("  ACK accepted the order and gave the cluster the id %s.", out.ClusterID)
	p.say("  Creating takes minutes with the real service; the task %s tells how far it is.", out.TaskID)
	p.say("  Every response has a request id, which Alibaba Cloud support asks for: %s.", out.Metadata.RequestID)
	return out.ClusterID, nil
}

func listNodes(ctx context.Context, p *printer, client ack.NodesAPI, id string) error {
	p.say("\nStep 3 of 5: list the nodes, the machines of the cluster.")
	out, err := client.DescribeClusterNodes(ctx, &ack.DescribeClusterNodesRequest{ClusterID: id})
	if err != nil {
		return err
	}
	for _, node := range out.Nodes {
		p.say("  %s  %s  %s  %s", node.NodeName, node.InstanceType, strings.Join(node.IPAddress, " "), node.NodeStatus)
	}
	p.say("  That makes %d nodes.", len(out.Nodes))
	return nil
}

func getKubeconfig(ctx context.Context, p *printer, client ack.KubeconfigAPI, id string) error {
	p.say("\nStep 4 of 5: get a kubeconfig, the file with which kubectl reaches the cluster.")
	out, err := client.DescribeClusterUserKubeconfig(ctx, &ack.DescribeClusterUserKubeconfigRequest{
		ClusterID:                id,
		TemporaryDurationMinutes: new(int64(60)),
	})
	if err != nil {
		return err
	}
	p.say("  It came, %d bytes long, and is valid until %s.", len(out.Config.Reveal()), out.Expiration.Format(time.RFC3339))
	p.say("  It holds a private key. So it is a roa.Secret, and printing one shows only this: %v", out.Config)
	p.say("  Reveal gives the text, to write it to a file that only you can read.")
	return nil
}

// missCluster shows what an error looks like.
func missCluster(ctx context.Context, p *printer, srv *acktest.Server, client ack.ClustersAPI) error {
	p.say("\nStep 5 of 5: ask for a cluster that does not exist.")
	srv.Respond("DescribeClusterDetail", acktest.Response{
		Status: 404,
		Body:   `{"code":"ErrorClusterNotFound","message":"cluster not found"}`,
	})
	_, err := client.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: "no-such-cluster"})
	switch {
	case err == nil:
		return errors.New("ask for a missing cluster: there was no error")
	case !errors.Is(err, roa.ErrNotFound):
		return fmt.Errorf("ask for a missing cluster: %w", err)
	}
	p.say("  The call returns an error that errors.Is knows as roa.ErrNotFound. Its text is:")
	p.say("  %v", err)
	return nil
}

const realService = `
That is all. To do the same with the real service, only the client changes:

	client, err := ack.New(
		roa.WithRegion("cn-hangzhou"),
		roa.WithCredentials(roa.StaticCredentials(accessKeyID, accessKeySecret, "")),
	)

The AccessKey is that of a RAM user who may do cs:CreateCluster, cs:DescribeClusterNodes and
cs:DescribeClusterUserKubeconfig. Use the ids of your own VPC and vSwitch. Real clusters cost money until they are deleted.`

// A printer writes lines and remembers the first error.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) say(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}
