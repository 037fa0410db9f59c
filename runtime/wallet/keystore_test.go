package wallet_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/keystore"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

func TestKeystore_roundTrip(t *testing.T) {
	store := wallet.Keystore{Dir: filepath.Join(t.TempDir(), "keys"), Light: true}
	if list, err := store.List(); err != nil || len(list) != 0 {
		t.Fatalf("a folder that is not there lists %v, %v", list, err)
	}
	key, err := store.Create("pond")
	if err != nil {
		t.Fatal(err)
	}
	again, err := store.Unlock(key.Address(), "pond")
	if err != nil {
		t.Fatal(err)
	}
	if again.Seed(nil) != key.Seed(nil) {
		t.Error("the unlocked key is another one")
	}
	if list, err := store.List(); err != nil || !slices.Equal(list, []lilypad.Address{key.Address()}) {
		t.Errorf("list %v, %v; want %s", list, err, key.Address())
	}
	files, _ := filepath.Glob(filepath.Join(store.Dir, "*"))
	if info, err := os.Stat(files[0]); err != nil || len(files) != 1 || info.Mode().Perm() != 0o600 {
		t.Errorf("files %v, mode %v, %v", files, info.Mode(), err)
	}
	if err := store.Store(key, "pond"); lilypad.CodeOf(err) != lilypad.Conflict {
		t.Errorf("storing twice: %v, want conflict", err)
	}
}

func TestKeystore_Unlock_readsForeignFiles(t *testing.T) {
	dir := t.TempDir()
	account, err := keystore.StoreKey(dir, "pond", keystore.LightScryptN, keystore.LightScryptP)
	if err != nil {
		t.Fatal(err)
	}
	key, err := wallet.Keystore{Dir: dir}.Unlock(lilypad.Address(account.Address), "pond")
	if err != nil || key.Address() != lilypad.Address(account.Address) {
		t.Errorf("unlocked %v, %v", key, err)
	}
}

func TestKeystore_Unlock_refuses(t *testing.T) {
	store := wallet.Keystore{Dir: t.TempDir(), Light: true}
	key, err := store.Create("pond")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(only(t, store.Dir))
	if err != nil {
		t.Fatal(err)
	}
	write := func(a lilypad.Address, text []byte) {
		if err := os.WriteFile(filepath.Join(store.Dir, "UTC--now--"+a.String()[2:]), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	damaged, renamed, huge := address(1), address(2), address(3)
	write(damaged, text[:len(text)/2])
	write(renamed, text)
	write(huge, make([]byte, 1<<20))

	for name, c := range map[string]struct {
		who      lilypad.Address
		password string
		code     lilypad.Code
		says     string
	}{
		"wrong password": {key.Address(), "swamp", lilypad.Unauthorized, "wrong password"},
		"unknown":        {address(9), "pond", lilypad.NotFound, key.Address().String()},
		"damaged":        {damaged, "pond", lilypad.Invalid, "key file"},
		"renamed":        {renamed, "pond", lilypad.Invalid, key.Address().String()},
		"huge":           {huge, "pond", lilypad.NotFound, "no key"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := store.Unlock(c.who, c.password)
			if lilypad.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v, want %s saying %q", err, c.code, c.says)
			}
		})
	}
}

func only(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files %v, %v; want one", files, err)
	}
	return files[0]
}
