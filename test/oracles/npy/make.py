"""Arrays as numpy writes them, in base64 and as their values: what `.npy` files are read against."""
import base64, io, json
import numpy as np

a = (np.arange(6).reshape(2, 3) - 2.5) / 3
arrays = {
    'float64': a,
    'float64, Fortran order': np.asfortranarray(a),
    'float32': a.astype('<f4'),
    'float32, Fortran order': np.asfortranarray(a.astype('<f4')),
    'one axis': a[0].copy(),
    'three axes': np.arange(24.0).reshape(2, 3, 4),
    'three axes, Fortran order': np.asfortranarray(np.arange(24.0).reshape(2, 3, 4)),
    'one number': np.array(3.0),
    'no rows': np.zeros((0, 3)),
    'big-endian': a.astype('>f8'),
    'int64': a.astype('<i8'),
    'complex': a.astype('<c16'),
    'records': np.zeros(2, dtype=[('a', '<f8')]),
}
result = {}
for name, array in arrays.items():
    file = io.BytesIO()
    np.save(file, array)
    plain = array.dtype.names is None and array.dtype.kind != 'c'
    result[name] = {
        'npy': base64.b64encode(file.getvalue()).decode(),
        'shape': list(array.shape),
        'values': [float(v) for v in array.ravel()] if plain else None,
    }
for version in ((2, 0), (3, 0)):
    file = io.BytesIO()
    np.lib.format.write_array(file, a, version=version)
    result[f'version {version[0]}'] = {
        'npy': base64.b64encode(file.getvalue()).decode(),
        'shape': list(a.shape),
        'values': [float(v) for v in a.ravel()],
    }
json.dump(result, open('arrays.json', 'w'), indent=1)
