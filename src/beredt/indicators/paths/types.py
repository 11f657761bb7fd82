"""Types of arrays, apart from `observed`, which looks at paths itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
I1 = NDArray[np.int8]
B = NDArray[np.bool_]
