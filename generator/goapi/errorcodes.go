package goapi

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/generator/naming"
)

const extErrorCodes = "x-ack-error-codes"

// errorCode is what the document says about an error code.
type errorCode struct {
	Description string `json:"description"`
	GoName      string `json:"go-name"`
}

// errorCodes returns the constants of the error codes that only this service has,
// by code.
func (b *builder) errorCodes() []model.ErrorCode {
	value, ok := b.Extensions[extErrorCodes]
	if !ok {
		return nil
	}
	codes := map[string]errorCode{}
	if data, err := json.Marshal(value); err != nil || json.Unmarshal(data, &codes) != nil {
		b.badCode("", "is not a map from codes to what they mean", "write `Code: {description: A sentence.}`")
		return nil
	}
	var out []model.ErrorCode
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		name := firstOf(codes[code].GoName, naming.Exported(code))
		switch {
		case name == "" || naming.Exported(name) == "":
			b.badCode(code, "no Go name can be made of it", "write go-name: Name")
		case codes[code].Description == "":
			b.badCode(code, "it has no description", "say in a sentence what the code means")
		case b.pkg.TakeOr("Code"+name, "the error code "+code, b.codePos(code), "write another go-name"):
			out = append(out, model.ErrorCode{Name: "Code" + name, Code: code, Doc: codes[code].Description})
		}
	}
	return out
}

// listedCodes returns the codes that the document lists.
func (b *builder) listedCodes() []string {
	codes, _ := b.Extensions[extErrorCodes].(map[string]any)
	return slices.Sorted(maps.Keys(codes))
}

func (b *builder) badCode(code, problem, fix string) {
	subject := extErrorCodes
	if code != "" {
		subject += ": " + code
	}
	b.diags.Add(diag.Finding{Pos: b.codePos(code), Code: CodeExtension, Message: subject + ": " + problem, Fix: fix})
}

func (b *builder) codePos(code string) diag.Pos { return b.LocateRoot(extErrorCodes, code) }
