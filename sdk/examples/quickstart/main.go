// Command quickstart shows the SDK at work: it creates a cluster, gives it machines, add-ons and tags, looks into it, upgrades it and deletes it.
//
// Without flags it needs no Alibaba Cloud account: it starts a fake ACK server in its own process, and takes seconds. With -endpoint it works with a
// fake server that runs elsewhere, and with -real with the real service, where it takes most of an hour and costs money; both take credentials and
// region from the environment.
//
// It may import the public packages of the SDK only, like a program of a user.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/credentials"
	"github.com/ackgen/ackgen/sdk/roa"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "quickstart:", err)
		os.Exit(1)
	}
}

// settings are what a cluster needs that the account must have already.
type settings struct {
	region, vpc, vSwitch, instanceType string
	addonVersion                       *string // that is upgraded later; nil is the newest
}

// run takes every step and tells about it on w.
func run(ctx context.Context, args []string, w io.Writer) error {
	flags := flag.NewFlagSet("quickstart", flag.ContinueOnError)
	endpoint := flags.String("endpoint", "", "`URL` of a fake server that runs, such as http://127.0.0.1:8088")
	onReal := flags.Bool("real", false, "work with the real service, which costs money")
	s := settings{}
	flags.StringVar(&s.region, "region", "cn-hangzhou", "region of the cluster")
	flags.StringVar(&s.vpc, "vpc", "vpc-bp1ixo1ouhygr34hgabcd", "id of the VPC of the cluster")
	flags.StringVar(&s.vSwitch, "vswitch", "vsw-bp1ads3kwl9v9jzbzabcd", "id of a vSwitch in the VPC")
	flags.StringVar(&s.instanceType, "instance-type", "ecs.g7.xlarge", "instance type of the machines")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if !*onReal {
		s.addonVersion = new("1.2.18")
	}
	p := &printer{w: w}
	var options []roa.Option
	var err error
	switch {
	case *endpoint != "" && *onReal:
		return errors.New("-endpoint and -real exclude each other")
	case *endpoint != "" || *onReal:
		options, err = fromEnvironment(*endpoint)
	default:
		srv, startErr := acktest.Start()
		if startErr != nil {
			return startErr
		}
		defer srv.Close()
		options = srv.Options()
		p.say("A fake ACK server runs inside this program, at %s. It needs no account, and its clock jumps while we wait.", srv.URL)
	}
	if err != nil {
		return err
	}
	client, err := ack.New(options...)
	if err != nil {
		return err
	}
	d := demo{client: client, settings: s, printer: p}
	return d.run(ctx)
}

// fromEnvironment returns the options of a client of another server than our own.
func fromEnvironment(endpoint string) ([]roa.Option, error) {
	options, err := credentials.FromEnvironment()
	if err != nil || endpoint == "" {
		return options, err
	}
	options = append(options, roa.WithEndpoint(endpoint))
	if strings.HasPrefix(endpoint, "http://") {
		options = append(options, roa.WithPlainHTTP())
	}
	return options, nil
}

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
