package ack_test

import (
	"context"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
)

// Clusters get a tag and are found by it.
func ExampleClient_ListTagResourcesAll() {
	srv, client := fake()
	defer srv.Close()
	srv.Respond("ListTagResources", acktest.Response{Body: `{"tag_resources": {"tag_resource": [
		{"resource_id": "c1", "tag_key": "env", "tag_value": "dev"}, {"resource_id": "c2", "tag_key": "env", "tag_value": "dev"}]}}`})
	ctx := context.Background()

	ids, tags := []string{"c1", "c2"}, []ack.Tag{{Key: "env", Value: new("dev")}}
	const kind, region = ack.TagResourceTypeCluster, "cn-beijing"
	if _, err := client.TagResources(ctx, &ack.TagResourcesRequest{ResourceIDs: ids, ResourceType: kind, RegionID: region, Tags: tags}); err != nil {
		fmt.Println(err)
		return
	}
	list := &ack.ListTagResourcesRequest{ResourceIDs: ids, ResourceType: kind, RegionID: region, Tags: tags}
	for tagged, err := range client.ListTagResourcesAll(ctx, list) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(tagged.ResourceID, tagged.TagKey+"="+tagged.TagValue)
	}
	// Output:
	// c1 env=dev
	// c2 env=dev
}
