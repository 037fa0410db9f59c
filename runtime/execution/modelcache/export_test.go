package modelcache

import "net/http"

// Through makes a cache ask by another transport.
func (c *Cache) Through(t http.RoundTripper) { c.client.Transport = t }
