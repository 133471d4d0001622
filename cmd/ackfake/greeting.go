package main

import (
	"strings"
	"text/template"
)

// region is the one in the lines for the shell: the server serves all.
const region = "cn-hangzhou"

// A greeting is what the program says when it serves.
type greeting struct {
	URL             string `json:"url"`
	AccessKeyID     string `json:"access_key_id"`
	AccessKeySecret string `json:"access_key_secret,omitempty"` // when nobody knows it yet
	Region          string `json:"region"`
	Certificate     string `json:"certificate,omitempty"` // file
	Fingerprint     string `json:"fingerprint,omitempty"` // SHA-256
	State           string `json:"state,omitempty"`       // file
	Unsigned        bool   `json:"unsigned,omitempty"`    // signatures are not needed

	ACK bool `json:"-"` // it is ACK that is served
}

var greetingText = template.Must(template.New("greeting").Parse(`ackfake serves {{.URL}} until Ctrl-C. Clients find its AccessKey in these variables:

  export ALIBABA_CLOUD_ACCESS_KEY_ID={{.AccessKeyID}}
  export ALIBABA_CLOUD_ACCESS_KEY_SECRET={{or .AccessKeySecret "... # the one that you gave"}}
  export ALIBABA_CLOUD_REGION_ID={{.Region}}
{{if .Fingerprint}}
Its certificate has the SHA-256 fingerprint {{.Fingerprint}}.
{{end}}{{if .State}}
Its state is kept in {{.State}}, which holds secrets.
{{end}}{{if .ACK}}
{{if .Unsigned}}Requests without a signature are served, too:{{else}}A request without a signature is refused as the service does it:{{end}}

  curl -i{{if .Certificate}} --cacert {{.Certificate}}{{else if .Fingerprint}} --insecure{{end}} {{.URL}}/regions/{{.Region}}/clusters

A program that creates a cluster and more, in a clone of the repository:

  {{if .Certificate}}SSL_CERT_FILE={{.Certificate}} {{end}}go run ./sdk/examples/quickstart --endpoint {{.URL}}
{{end}}`))

// greet says on standard output how to reach the server.
func (a *app) greet(url string, k key) error {
	g := greeting{URL: url, AccessKeyID: k.id, Region: region, Certificate: a.certFile, State: a.state, Unsigned: a.unsigned, ACK: a.Spec == ""}
	if k.random {
		g.AccessKeySecret = k.secret
	}
	if a.certificate != nil {
		g.Fingerprint = fingerprint(*a.certificate)
	}
	if a.JSON() {
		return a.PrintJSON(g)
	}
	var b strings.Builder
	if err := greetingText.Execute(&b, g); err != nil {
		return err
	}
	return a.Print(b.String())
}
