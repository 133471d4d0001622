// Package catalog is what ACK offers to all accounts: add-ons and policies, as data.
//
// Names, versions and settings are those that public sources show; there are more at the real service. What no source tells is
// noted where it stands.
//
// It may import the standard library and sdk/ack.
package catalog
