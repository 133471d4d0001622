package kubeconfig

import (
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/sdk/roa"
)

// Parse reads a kubeconfig and checks everything in it; see the package
// documentation for what is accepted. The configuration is that of the current
// context. The certificate may have expired: [Config.Expires] tells.
func Parse(text roa.Secret) (*Config, error) { return parse(text, nil) }

// ParseContext does the same for the context of that name. The name "" is an
// error, as no context has it: the current context is not used in its place.
func ParseContext(text roa.Secret, name string) (*Config, error) { return parse(text, &name) }

func parse(text roa.Secret, context *string) (*Config, error) {
	c, err := parseText(text.Reveal(), context)
	if err != nil {
		return nil, fmt.Errorf("parse kubeconfig: %w", err)
	}
	c.text = text
	return c, nil
}

// access is how a context is spelled out.
type access struct{ cluster, user, namespace string }

func parseText(text string, chosen *string) (*Config, error) {
	node, err := readDocument([]byte(text))
	if err != nil {
		return nil, err
	}
	root, err := readObject("", node, "apiVersion", "kind", "preferences", "clusters", "contexts", "users", "current-context")
	if err != nil {
		return nil, err
	}
	head, err := root.texts("apiVersion", "kind", "current-context")
	switch {
	case err != nil:
		return nil, err
	case head[0] != "v1":
		return nil, wrong("apiVersion", "is not v1")
	case head[1] != "Config":
		return nil, wrong("kind", "is not Config")
	}
	if !isNull(root.nodes["preferences"]) {
		if _, err = readObject("preferences", root.nodes["preferences"], "colors"); err != nil {
			return nil, err
		}
	}
	clusters, err := readAll(root, "clusters", "cluster", readCluster)
	if err != nil {
		return nil, err
	}
	users, err := readAll(root, "users", "user", readUser)
	if err != nil {
		return nil, err
	}
	contexts, err := readAll(root, "contexts", "context", readAccess)
	if err != nil {
		return nil, err
	}
	name, field := head[2], "current-context"
	if chosen != nil {
		name, field = *chosen, "the chosen context"
	}
	use, ok := contexts[name]
	if !ok {
		return nil, wrong(field, "is not in contexts")
	}
	return join(use, clusters, users)
}

// readAll reads every entry of a list.
func readAll[T any](root object, list, inner string, read func(entry) (T, error)) (map[string]T, error) {
	entries, err := root.entries(list, inner)
	if err != nil {
		return nil, err
	}
	out := map[string]T{}
	for _, e := range entries {
		if out[e.name], err = read(e); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func join(use access, clusters map[string]cluster, users map[string]user) (*Config, error) {
	c, ok := clusters[use.cluster]
	if !ok {
		return nil, wrong("the cluster of the context", "is not in clusters")
	}
	u, ok := users[use.user]
	if !ok {
		return nil, wrong("the user of the context", "is not in users")
	}
	return &Config{cluster: c, user: u, namespace: use.namespace, expires: u.expires()}, nil
}

func readAccess(e entry) (access, error) {
	o, err := readObject(e.path, e.node, "cluster", "user", "namespace")
	if err != nil {
		return access{}, err
	}
	texts, err := o.texts("cluster", "user", "namespace")
	if err != nil {
		return access{}, err
	}
	if texts[2] != "" && !labelName.MatchString(texts[2]) {
		return access{}, wrong(o.path("namespace"), "is not the name of a namespace")
	}
	return access{texts[0], texts[1], texts[2]}, nil
}

// cluster is where the API server is and how it is verified.
type cluster struct {
	server     *url.URL
	serverName string
	ca         []byte
	roots      *x509.CertPool
}

func readCluster(e entry) (c cluster, err error) {
	o, err := readObject(e.path, e.node, "server", "certificate-authority-data", "insecure-skip-tls-verify", "tls-server-name")
	if err != nil {
		return c, err
	}
	if err = o.mustBeFalse("insecure-skip-tls-verify"); err != nil {
		return c, err
	}
	texts, err := o.texts("server", "certificate-authority-data", "tls-server-name")
	if err != nil {
		return c, err
	}
	if c.server, err = readServer(texts[0]); err != nil {
		return c, wrong(o.path("server"), err.Error())
	}
	if texts[2] != "" && !isHost(texts[2]) {
		return c, wrong(o.path("tls-server-name"), "is neither a name of a host nor an address")
	}
	c.serverName = texts[2]
	if c.ca, err = decode(texts[1]); err != nil {
		return c, wrong(o.path("certificate-authority-data"), err.Error())
	}
	if err = checkKeys(c.ca); err != nil {
		return c, wrong(o.path("certificate-authority-data"), err.Error())
	}
	c.roots = x509.NewCertPool()
	if !c.roots.AppendCertsFromPEM(c.ca) {
		return c, wrong(o.path("certificate-authority-data"), "holds no certificate")
	}
	return c, nil
}

func readServer(text string) (*url.URL, error) {
	if text == "" {
		return nil, errors.New("is missing")
	}
	u, err := url.Parse(strings.TrimRight(text, "/"))
	switch {
	case err != nil:
		return nil, errors.New("is not a URL")
	case u.Scheme != "https":
		return nil, errors.New("is refused: it does not start with https://")
	case u.Hostname() == "" || u.Opaque != "":
		return nil, errors.New("has no host")
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || strings.Contains(text, "#"):
		return nil, errors.New("has more than a host and a path")
	case !isHost(u.Hostname()):
		return nil, errors.New("has a host that is neither a name nor an address")
	case u.Port() == "" && strings.HasSuffix(u.Host, ":") || u.Port() != "" && !isPort(u.Port()):
		return nil, errors.New("has a port that is not a number from 1 to 65535")
	}
	return u, nil
}

var (
	hostName  = regexp.MustCompile(`^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_.])?$`)
	labelName = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)
)

// isHost tells whether text is the name of a host or an IP address. Zones of addresses can be
// any text.
func isHost(text string) bool {
	if hostName.MatchString(text) {
		return true
	}
	address, err := netip.ParseAddr(text)
	return err == nil && address.Zone() == ""
}

// isPort tells whether text is a port that a connection can have.
func isPort(text string) bool {
	n, err := strconv.ParseUint(text, 10, 16)
	return err == nil && n > 0 && text[0] != '0'
}

// user is who one is to the API server.
type user struct {
	certificate    tls.Certificate // without Certificate when there is a token only
	certPEM        []byte
	keyPEM, bearer roa.Secret
}

func readUser(e entry) (u user, err error) {
	o, err := readObject(e.path, e.node, "client-certificate-data", "client-key-data", "token")
	if err != nil {
		return u, err
	}
	texts, err := o.texts("client-certificate-data", "client-key-data", "token")
	if err != nil {
		return u, err
	}
	if texts[0] == "" && texts[1] == "" {
		if texts[2] == "" {
			return u, wrong(o.field, "has neither client-certificate-data nor token")
		}
		return user{bearer: roa.Secret(texts[2])}, checkToken(o, texts[2])
	}
	if u.certPEM, err = decode(texts[0]); err != nil {
		return u, wrong(o.path("client-certificate-data"), err.Error())
	}
	key, err := decode(texts[1])
	if err != nil {
		return u, wrong(o.path("client-key-data"), err.Error())
	}
	if block, _ := pem.Decode(u.certPEM); block == nil {
		return u, wrong(o.path("client-certificate-data"), "holds no certificate")
	}
	if block, _ := pem.Decode(key); block == nil {
		return u, wrong(o.path("client-key-data"), "holds no key")
	}
	if len(key) > maxKey {
		return u, wrong(o.path("client-key-data"), "is larger than 16 KiB")
	}
	if u.certificate, err = tls.X509KeyPair(u.certPEM, key); err != nil {
		return u, wrong(o.field, "has a client-certificate-data and a client-key-data that are broken or do not belong together")
	}
	u.keyPEM, u.bearer = roa.Secret(key), roa.Secret(texts[2])
	return u, checkToken(o, texts[2])
}

// Keys of Kubernetes have up to 4096 bits, and some 3 KiB. Arithmetic with huge ones takes
// minutes: crypto/tls refuses them of servers, but not of clients and authorities.
const (
	maxKey = 16 << 10
	maxRSA = 8192
)

// checkKeys refuses certificates in PEM with huge keys.
func checkKeys(data []byte) error {
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			continue // nobody will use it
		}
		if key, ok := certificate.PublicKey.(*rsa.PublicKey); ok && key.N.BitLen() > maxRSA {
			return errors.New("has an RSA key of more than 8192 bits")
		}
	}
	return nil
}

// checkToken refuses what could not be sent in a header.
func checkToken(o object, token string) error {
	for _, r := range token {
		if r <= ' ' || r > '~' {
			return wrong(o.path("token"), "holds a character that cannot be sent")
		}
	}
	return nil
}

func decode(text string) ([]byte, error) {
	if text == "" {
		return nil, errors.New("is missing")
	}
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), "")) // long lines may be folded
	if err != nil {
		return nil, errors.New("is not base64")
	}
	return data, nil
}
