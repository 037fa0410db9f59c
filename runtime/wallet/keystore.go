package wallet

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"
	"github.com/google/uuid"

	"github.com/lilypad-network/lilypad"
)

// Keystore is a folder of encrypted keys in the Web3 Secret Storage format,
// one file an address. Other programs may read and add files.
type Keystore struct {
	Dir string
	// Light encrypts with little work (4 MB of memory, some 10 ms), for keys
	// that hold no value. Unlocking does as much work as the file asks for.
	Light bool
}

const (
	keyFilePrefix  = "lilypad--"
	maxKeyFileSize = 1 << 16
)

// Create stores a new key under the password and returns it.
func (s Keystore) Create(password string) (*Key, error) {
	k, err := NewKey()
	if err != nil {
		return nil, err
	}
	return k, s.Store(k, password)
}

// Store adds a key. The file is complete or absent, and readable by its owner
// alone.
//
// # Errors
//
// Conflict when the folder has that address already.
func (s Keystore) Store(k *Key, password string) error {
	if _, err := s.file(k.address); err == nil {
		return lilypad.Errorf(lilypad.Conflict, "keystore %s already has %s", s.Dir, k.address)
	}
	text, err := s.Encrypt(k, password)
	if err != nil {
		return err
	}
	return writeFile(s.Dir, keyFilePrefix+hexAddress(k.address), text)
}

// Encrypt makes a key file that is not in the folder.
func (s Keystore) Encrypt(k *Key, password string) ([]byte, error) {
	n, p := keystore.StandardScryptN, keystore.StandardScryptP
	if s.Light {
		n, p = keystore.LightScryptN, keystore.LightScryptP
	}
	id, err := uuid.NewRandom()
	if err != nil {
		return nil, fmt.Errorf("name a key: %w", err)
	}
	text, err := keystore.EncryptKey(&keystore.Key{Id: id, Address: common.Address(k.address), PrivateKey: k.private}, password, n, p)
	if err != nil {
		return nil, fmt.Errorf("encrypt the key of %s: %w", k.address, err)
	}
	return text, nil
}

// List returns the addresses that the folder has keys for, sorted. A folder
// that does not exist is empty.
func (s Keystore) List() ([]lilypad.Address, error) {
	files, err := s.files()
	if err != nil {
		return nil, err
	}
	out := make([]lilypad.Address, 0, len(files))
	for a := range files {
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b lilypad.Address) int { return slices.Compare(a[:], b[:]) })
	return out, nil
}

// Unlock decrypts the key of an address. With the standard amount of work it
// takes about a second.
//
// # Errors
//
// NotFound, naming the addresses that are there; Unauthorized for a wrong
// password; Invalid for a damaged file.
func (s Keystore) Unlock(address lilypad.Address, password string) (*Key, error) {
	text, err := s.File(address)
	if err != nil {
		return nil, err
	}
	k, err := Decrypt(text, password)
	if err != nil {
		return nil, fmt.Errorf("key file of %s: %w", address, err)
	}
	if k.address != address {
		return nil, lilypad.Errorf(lilypad.Invalid, "key file of %s holds the key of %s", address, k.address)
	}
	return k, nil
}

// File returns the encrypted file of an address.
//
// # Errors
//
// NotFound, naming the addresses that are there.
func (s Keystore) File(address lilypad.Address) ([]byte, error) {
	path, err := s.file(address)
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Unavailable, Msg: "read key file", Err: err}
	}
	return text, nil
}

// Decrypt reads a key file in the Web3 Secret Storage format.
//
// # Errors
//
// Unauthorized for a wrong password; Invalid for what is no key file.
func Decrypt(text []byte, password string) (*Key, error) {
	k, err := keystore.DecryptKey(text, password)
	switch {
	case errors.Is(err, keystore.ErrDecrypt):
		return nil, lilypad.Errorf(lilypad.Unauthorized, "wrong password")
	case err != nil:
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "not a readable key file", Err: err}
	}
	return newKey(k.PrivateKey), nil
}

func (s Keystore) file(address lilypad.Address) (string, error) {
	files, err := s.files()
	if err != nil {
		return "", err
	}
	if path, ok := files[address]; ok {
		return path, nil
	}
	known, _ := s.List()
	return "", lilypad.Errorf(lilypad.NotFound, "keystore %s has no key of %s; it has %s", s.Dir, address, known)
}

// files maps each address to its file: those whose name ends in "--" and 40
// hexadecimal digits, as other programs write them too.
func (s Keystore) files() (map[lilypad.Address]string, error) {
	entries, err := os.ReadDir(s.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, &lilypad.Error{Code: lilypad.Unavailable, Msg: "read keystore", Err: err}
	}
	out := make(map[lilypad.Address]string, len(entries))
	for _, e := range entries {
		digits := e.Name()[strings.LastIndex(e.Name(), "--")+1:]
		a, err := lilypad.ParseAddress("0x" + strings.TrimPrefix(digits, "-"))
		if err != nil {
			continue
		}
		if info, err := e.Info(); err != nil || !info.Mode().IsRegular() || info.Size() > maxKeyFileSize {
			continue
		}
		out[a] = filepath.Join(s.Dir, e.Name())
	}
	return out, nil
}

// writeFile makes a file that is complete or absent, and readable by its owner
// alone.
func writeFile(dir, name string, text []byte) error {
	f, err := os.CreateTemp(dir, ".new-*") // mode 0600
	if errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return &lilypad.Error{Code: lilypad.Unavailable, Msg: "create folder", Err: err}
		}
		f, err = os.CreateTemp(dir, ".new-*")
	}
	if err != nil {
		return &lilypad.Error{Code: lilypad.Unavailable, Msg: "write " + name, Err: err}
	}
	defer os.Remove(f.Name())
	_, err = f.Write(text)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(dir, name))
	}
	if err != nil {
		return &lilypad.Error{Code: lilypad.Unavailable, Msg: "write " + name, Err: err}
	}
	return nil
}

func hexAddress(a lilypad.Address) string { return strings.ToLower(a.String()[2:]) }
