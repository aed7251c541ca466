from .find import find_tunnels as find_tunnels
from .results import Bottleneck as Bottleneck
from .results import Directions as Directions
from .results import Neighbour as Neighbour
from .results import Segment as Segment
from .results import Tunnels as Tunnels
from .segments import molecularity_index as molecularity_index
from .segments import segments_at as segments_at
