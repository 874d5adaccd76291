// PDQ, the perceptual hash of pictures that Facebook published in 2019 ("The TMK+PDQF
// Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm"): the same picture scaled,
// compressed anew or lightly edited keeps nearly all of its 256 bits. Not for crops, turns and
// mirrors.
#pragma once

#include "document/picture.h"
#include "picture/luma.h"

namespace avstand::picture {

/// O(pixels). Bit for bit what the reference gives for the same brightness. A side under 5 pixels
/// gives no bits and quality 0, as there. `luma` is used as scratch.
Pdq pdq_hash(Luma& luma);

}  // namespace avstand::picture
