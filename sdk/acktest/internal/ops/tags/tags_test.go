package tags_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

const region = "cn-hangzhou"

func tag(key, value string) ack.Tag { return ack.Tag{Key: key, Value: &value} }

func create(t *testing.T, client *ack.Client, name, region string, tags ...ack.Tag) string {
	t.Helper()
	out, err := client.CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: name, RegionID: region, Tags: tags})
	require.NoError(t, err)
	return out.ClusterID
}

// list returns the tags of all pages as key=value by cluster.
func list(t *testing.T, client *ack.Client, in *ack.ListTagResourcesRequest) map[string][]string {
	t.Helper()
	in.ResourceType = ack.TagResourceTypeCluster
	if in.RegionID == "" {
		in.RegionID = region
	}
	out := make(map[string][]string)
	for item, err := range client.ListTagResourcesAll(t.Context(), in) {
		require.NoError(t, err)
		assert.Equal(t, "CLUSTER", item.ResourceType)
		out[item.ResourceID] = append(out[item.ResourceID], item.TagKey+"="+item.TagValue)
	}
	return out
}

func TestTags(t *testing.T) {
	t.Parallel()
	client := acktest.NewServer(t).Client(t)
	ctx := t.Context()
	a, b := create(t, client, "a", region, tag("env", "dev")), create(t, client, "b", region)
	elsewhere := create(t, client, "c", "cn-beijing", tag("env", "prod"))
	ids := []string{a, b, elsewhere}
	assert.Equal(t, map[string][]string{a: {"env=dev"}}, list(t, client, &ack.ListTagResourcesRequest{ResourceIDs: ids}))
	assert.Equal(t, map[string][]string{elsewhere: {"env=prod"}}, list(t, client, &ack.ListTagResourcesRequest{ResourceIDs: ids, RegionID: "cn-beijing"}))

	out, err := client.TagResources(ctx, &ack.TagResourcesRequest{
		ResourceIDs: []string{a, b}, ResourceType: ack.TagResourceTypeCluster, RegionID: region, Tags: []ack.Tag{tag("env", "prod"), tag("dep", "IT")},
	})
	require.NoError(t, err)
	assert.NotEmpty(t, out.RequestID)
	both := []string{"env=prod", "dep=IT"}
	assert.Equal(t, map[string][]string{a: both, b: both}, list(t, client, &ack.ListTagResourcesRequest{ResourceIDs: ids}))
	assert.Equal(t, map[string][]string{b: {"dep=IT"}}, list(t, client, &ack.ListTagResourcesRequest{
		ResourceIDs: []string{b}, Tags: []ack.Tag{{Key: "dep"}, tag("env", "dev")},
	}), "a filter without a value is for all values")
	detail, err := client.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: b})
	require.NoError(t, err)
	assert.Equal(t, []ack.Tag{tag("env", "prod"), tag("dep", "IT")}, detail.Tags)

	untag := func(in ack.UntagResourcesRequest) {
		in.ResourceIDs, in.ResourceType, in.RegionID = []string{a}, ack.TagResourceTypeCluster, region
		_, err := client.UntagResources(ctx, &in)
		require.NoError(t, err)
	}
	untag(ack.UntagResourcesRequest{TagKeys: []string{"env", "nothing"}, All: new(true)})
	assert.Equal(t, map[string][]string{a: {"dep=IT"}, b: both}, list(t, client, &ack.ListTagResourcesRequest{ResourceIDs: ids}), "keys go before all")
	untag(ack.UntagResourcesRequest{})
	assert.Len(t, list(t, client, &ack.ListTagResourcesRequest{ResourceIDs: ids}), 2)
	untag(ack.UntagResourcesRequest{All: new(true)})
	assert.Equal(t, map[string][]string{b: both}, list(t, client, &ack.ListTagResourcesRequest{ResourceIDs: ids}))

	_, err = client.ModifyClusterTags(ctx, &ack.ModifyClusterTagsRequest{ClusterID: b, Items: []ack.Tag{tag("team", "payments")}})
	require.NoError(t, err)
	assert.Equal(t, map[string][]string{b: {"team=payments"}}, list(t, client, &ack.ListTagResourcesRequest{ResourceIDs: ids}))
}

func TestPages(t *testing.T) {
	t.Parallel()
	client := acktest.NewServer(t).Client(t)
	var ids []string
	for i := range 6 {
		var tags []ack.Tag
		for j := range 20 {
			tags = append(tags, tag(fmt.Sprint("key", j), "value"))
		}
		ids = append(ids, create(t, client, fmt.Sprint("cluster", i), region, tags...))
	}
	in := &ack.ListTagResourcesRequest{ResourceIDs: ids, ResourceType: ack.TagResourceTypeCluster, RegionID: region}
	first, err := client.ListTagResources(t.Context(), in)
	require.NoError(t, err)
	assert.Len(t, first.TagResources.TagResource, 50)
	assert.NotEmpty(t, first.NextToken)
	all := list(t, client, in)
	require.Len(t, all, 6)
	for _, tags := range all {
		assert.Len(t, tags, 20)
	}
	in.NextToken = new("s3cret")
	_, err = client.ListTagResources(t.Context(), in)
	require.ErrorIs(t, err, roa.CodeInvalidParameter)
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	client := acktest.NewServer(t).Client(t)
	ctx := t.Context()
	id := create(t, client, "a", region, tag("env", "dev"))
	for name, tags := range map[string][]ack.Tag{
		"no value":     {{Key: "a"}},
		"empty value":  {tag("a", "")},
		"aliyun":       {tag("aliyun-a", "s3cret")},
		"acs":          {tag("a", "acs:s3cret")},
		"http":         {tag("http://a", "s3cret")},
		"https inside": {tag("a", "x https://s3cret")},
		"twice":        {tag("a", "1"), tag("a", "s3cret")},
	} {
		_, err := client.TagResources(ctx, &ack.TagResourcesRequest{
			ResourceIDs: []string{id}, ResourceType: ack.TagResourceTypeCluster, RegionID: region, Tags: tags,
		})
		require.ErrorIs(t, err, roa.CodeInvalidParameter, name)
		assert.NotContains(t, err.Error(), "s3cret")
		_, err = client.ModifyClusterTags(ctx, &ack.ModifyClusterTagsRequest{ClusterID: id, Items: tags})
		require.ErrorIs(t, err, roa.CodeInvalidParameter, name)
	}
	for _, in := range []ack.TagResourcesRequest{
		{ResourceIDs: []string{id, "c0"}, RegionID: region},
		{ResourceIDs: []string{id}, RegionID: "cn-beijing"},
	} {
		in.ResourceType, in.Tags = ack.TagResourceTypeCluster, []ack.Tag{tag("a", "b")}
		_, err := client.TagResources(ctx, &in)
		require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
	}
	_, err := client.ListTagResources(ctx, &ack.ListTagResourcesRequest{ResourceIDs: []string{id}, RegionID: region, ResourceType: "NODE"})
	require.ErrorIs(t, err, roa.CodeInvalidParameter)
	_, err = client.UntagResources(ctx, &ack.UntagResourcesRequest{ResourceIDs: []string{id}, RegionID: region, ResourceType: "NODE"})
	require.ErrorIs(t, err, roa.CodeInvalidParameter)
	_, err = client.ModifyClusterTags(ctx, &ack.ModifyClusterTagsRequest{ClusterID: "c0", Items: []ack.Tag{}})
	require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
	assert.Equal(t, map[string][]string{id: {"env=dev"}}, list(t, client, &ack.ListTagResourcesRequest{ResourceIDs: []string{id}}))
}

func TestLimit(t *testing.T) {
	t.Parallel()
	client := acktest.NewServer(t).Client(t)
	full, empty := create(t, client, "full", region), create(t, client, "empty", region)
	add := func(from, n int, ids ...string) error {
		var tags []ack.Tag
		for i := range n {
			tags = append(tags, tag(strings.Repeat("k", from+i+1), "v"))
		}
		_, err := client.TagResources(t.Context(), &ack.TagResourcesRequest{
			ResourceIDs: ids, ResourceType: ack.TagResourceTypeCluster, RegionID: region, Tags: tags,
		})
		return err
	}
	require.NoError(t, add(0, 20, full))
	require.NoError(t, add(0, 20, full), "the same keys")
	require.ErrorIs(t, add(20, 1, empty, full), roa.Code("OperationConflict"))
	assert.Empty(t, list(t, client, &ack.ListTagResourcesRequest{ResourceIDs: []string{empty}}), "all or none")
	many := make([]ack.Tag, 21)
	for i := range many {
		many[i] = tag(fmt.Sprint("k", i), "v")
	}
	_, err := client.ModifyClusterTags(t.Context(), &ack.ModifyClusterTagsRequest{ClusterID: empty, Items: many})
	require.ErrorIs(t, err, roa.Code("OperationConflict"))
}
