"""Good crystal files of every kind we read ourselves, with all the fields that each may have."""

from __future__ import annotations

from isotunnel.crystal import find_named
from isotunnel.crystal.cif.write import cif_of_named

_DETAILS = """_exptl_crystal_density_diffrn 2.16
_chemical_formula_weight 58.44
_journal_name_full 'Journal of Examples'
_exptl_special_details
;
grown from the melt, 3 x 4 x 5 mm
;
"""

MAGNETIC = """data_mn
_cell_length_a 4.445(2)
_cell_length_b 4.445
_cell_length_c 4.445
_cell_angle_alpha 90
loop_
_cell_angle_beta
90
_cell_angle_gamma 90.0
_chemical_formula_sum 'Mn O'
_cell_formula_units_Z 4
loop_
_space_group_symop_magn_operation.id
_space_group_symop_magn_operation.xyz
1 x,y,z,+1
2 -x,-y,-z,-1
loop_
_space_group_symop_magn_centering.id
_space_group_symop_magn_centering.xyz
1 x,y,z,+1
2 x,y+1/2,z+1/2,+1
3 x+1/2,y,z+1/2,+1
4 x+1/2,y+1/2,z,+1
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
_atom_site_attached_hydrogens
_atom_site_calc_flag
Mn1 Mn2+ 0 0 0 1.0 0 d
O1 O2- 0.500(1) 1/2 .5 1 . d
"""

POSCAR = """rocksalt
  1.00000000000000
     5.6400000000000000    0.0000000000000000    0.0000000000000000
     0.0000000000000000    5.6400000000000000    0.0000000000000000
     0.0000000000000000    0.0000000000000000    5.6400000000000000
   Na_pv Cl
     4     4
Selective dynamics
Direct
  0.00 0.00 0.00 T T T
  0.00 0.50 0.50 T T F
  0.50 0.00 0.50 T T T
  0.50 0.50 0.00 T T T
  0.50 0.50 0.50 F F F
  0.50 0.00 0.00 T T T
  0.00 0.50 0.00 T T T
  0.00 0.00 0.50 T T T
"""

EXTXYZ = """2
Lattice="4.0 0.0 0.0 0.0 4.0 0.0 0.0 0.0 4.0" Properties=species:S:1:pos:R:3:forces:R:3 pbc="T T T" energy=-1.5
Na 0.0 0.0 0.0 0.1 0.2 0.3
Cl 2.0 2.0 2.0 0.1 0.2 0.3
2
Lattice="4.1 0.0 0.0 0.0 4.1 0.0 0.0 0.0 4.1" Properties=species:S:1:pos:R:3:forces:R:3 pbc="T T T" note="second frame"
Na 0.0 0.0 0.0 0.1 0.2 0.3
Cl 2.05 2.05 2.05 0.1 0.2 0.3
"""  # noqa: E501

AXSF = """# two steps
ANIMSTEPS 2
CRYSTAL
PRIMVEC 1
 4.0 0.0 0.0
 0.0 4.0 0.0
 0.0 0.0 4.0
PRIMCOORD 1
 2 1
 11 0.0 0.0 0.0 0.1 0.1 0.1
 Cl 2.0 2.0 2.0
PRIMVEC 2
 4.1 0.0 0.0
 0.0 4.1 0.0
 0.0 0.0 4.1
PRIMCOORD 2
 2 1
 11 0.0 0.0 0.0
 17 2.0 2.0 2.0
"""


def crystal_files() -> dict[str, bytes]:
    """File name to content."""
    entry = find_named("NaCl")
    assert entry is not None
    cif = cif_of_named(entry).replace("loop_\n_atom", _DETAILS + "loop_\n_atom")
    texts = {
        "a.cif": cif,
        "a.mcif": MAGNETIC,
        "POSCAR": POSCAR,
        "a.extxyz": EXTXYZ,
        "a.axsf": AXSF,
    }
    return {name: text.encode() for name, text in texts.items()}
