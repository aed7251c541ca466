from .register import add as add
from .register import follows as follows
from .register import material_names as material_names
from .register import remove as remove
from .tables import crystals as crystals
from .tables import rows as rows
from .tables import scans as scans
