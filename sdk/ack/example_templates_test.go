package ack_test

import (
	"context"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
)

// A program that shows pages reads them one at a time.
func ExampleClient_DescribeTemplatesPages() {
	srv, client := fake()
	defer srv.Close()
	request := &ack.DescribeTemplatesRequest{PageSize: new(int64(20))}
	for page, err := range client.DescribeTemplatesPages(context.Background(), request) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("page %d, %d templates in all\n", page.PageInfo.PageNumber, page.PageInfo.TotalCount)
		for _, template := range page.Templates {
			fmt.Println(template.Name, template.ACL)
		}
	}
	// Output:
	// page 1, 1 templates in all
	// webserver private
}
