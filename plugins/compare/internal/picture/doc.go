// Package picture judges PNG and JPEG files by what they show, whatever their
// encoding and metadata. It takes two distances, each with two limits:
//
//   - pixels: the share of pixels of which a channel differs by more than a
//     tolerance. It sees a small object that is missing. Where both are
//     JPEG it has a tolerance and limits of its own: a change by one level can
//     turn a rounded coefficient over, and with it 64 pixels by a few levels;
//   - structure: 1 − SSIM on luma, the mean over windows of 8 × 8 pixels in
//     steps of 4 (Wang, Bovik, Sheikh, Simoncelli, Image quality assessment:
//     from error visibility to structural similarity, IEEE Transactions on
//     Image Processing 13, 2004). It sees blur and lost detail that stay below
//     the tolerance.
//
// Results are equal if both distances are up to their limits for paying, and
// different if one is beyond its limit for slashing.
//
// Colours are of 8 bits, in whatever space the file is in: profiles, gamma and
// the orientation in EXIF are metadata. Only the first frame of an animation
// is seen.
//
//	k := picture.New(limits)
//	c, ok := k.Judge("picture.png", a, b)
//
// Its place: a kind of judge.
package picture
