// Package kubeconfig turns the response of DescribeClusterUserKubeconfig into a
// connection to the API server of a cluster: a verified TLS configuration, an
// [net/http.Client] and the base URL, renewed before they expire.
//
// # Use
//
//	source := kubeconfig.NewSource(client, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: id})
//	config, err := source.Config(ctx)
//	resp, err := source.HTTPClient().Get(config.BaseURL() + "/api/v1/pods")
//
// # What is refused
//
// A kubeconfig can start programs, read files, and turn verification off. Those
// of ACK do none of that, so [Parse] accepts only what they need: one or more
// clusters with an https server and certificate-authority-data, and users with
// client-certificate-data and client-key-data, or a token. Everything else is an
// error, also in entries that are not used, among it exec, auth-provider,
// username, password, impersonation, insecure-skip-tls-verify, proxy-url,
// certificate-authority, client-certificate, client-key and tokenFile.
//
// Errors name the field and never hold its content.
//
// # Imports
//
// The package imports the standard library, sdk/ack, sdk/roa,
// sdk/internal/refresh and go.yaml.in/yaml/v3. It does not need client-go.
package kubeconfig
