from .engine import GpawEngine as GpawEngine
from .inside import augmentation_warning as augmentation_warning
from .inside import inside_augmentation as inside_augmentation
from .many import compute_many as compute_many
from .settings import GpawSettings as GpawSettings
