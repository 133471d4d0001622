package canary

import "net/url"

// Environment is what shells of people and of CI hold: keys, and the variables of proxies that are given, with passwords. It also returns the secrets.
func Environment(proxies ...string) (env, secrets []string) {
	for _, name := range []string{"ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN", "GITHUB_TOKEN", "GH_TOKEN", "GOAUTH"} {
		env, secrets = append(env, name+"="+Secret(name)), append(secrets, Secret(name))
	}
	for _, name := range proxies {
		env, secrets = append(env, name+"="+Address(Secret(name))), append(secrets, Secret(name))
	}
	return env, secrets
}

// Address returns an address with a password, where nobody serves.
func Address(password string) string {
	return (&url.URL{Scheme: "https", User: url.UserPassword("user", password), Host: "127.0.0.1:1", Path: "/spec.yaml"}).String()
}
