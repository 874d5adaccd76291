// The public headers stand alone: nothing is included before them, and they may come twice.
#include "avstand/avstand.h"
#include "avstand/result.h"

int main() { return avstand::Result<int>(0).value(); }
