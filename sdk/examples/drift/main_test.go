package main

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

func TestDriftIsLogged(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t, acktest.WithExamples())
	srv.Respond("DescribeClusterDetail", acktest.Response{Drift: true, Body: `{"name":"test","state":"running","size":"3","brand_new":{"a":1}}`})
	var log, out bytes.Buffer
	client, err := newClient(slog.New(slog.NewTextHandler(&log, nil)), srv.Options()...)
	require.NoError(t, err)

	require.NoError(t, show(t.Context(), &out, client, "c82e6987e2961451182edacd74faf1234"))
	assert.Equal(t, "test running\n", out.String())
	assert.Contains(t, log.String(), `operation=DescribeClusterDetail kind="unknown field" path=/brand_new want="" got=object`)
	assert.Contains(t, log.String(), `kind="type mismatch" path=/size want=int64 got=string`)
	assert.Equal(t, 2, bytes.Count(log.Bytes(), []byte("\n")))
}

func TestExplain(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	explain(&b, fmt.Errorf("create: %w", &roa.ValidationError{Operation: "CreateCluster", Violations: []roa.Violation{
		{Path: "/name", Problem: "is missing"}, {Path: "query parameter pageSize", Problem: "must be at most 50"},
	}}))
	explain(&b, errors.New("no network"))
	assert.Equal(t, "CreateCluster: /name is missing\nCreateCluster: query parameter pageSize must be at most 50\nno network\n", b.String())
}
