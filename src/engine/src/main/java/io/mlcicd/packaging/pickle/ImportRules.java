package io.mlcicd.packaging.pickle;

import io.mlcicd.packaging.pickle.PickleFinding.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is known of what pickles import. Harmless are the names that the common libraries' own models need; a class of
 * theirs is taken to be a part of a model, a function is not, for functions are what attacks call. Refused are modules
 * that run code, start programs, open connections or files, or reach into the interpreter.
 */
final class ImportRules {

    private static final Set<String> HARMLESS_BUILTINS = Set.of(
            "bool",
            "bytearray",
            "bytes",
            "complex",
            "dict",
            "float",
            "frozenset",
            "int",
            "list",
            "object",
            "range",
            "set",
            "slice",
            "str",
            "tuple",
            "Ellipsis",
            "NotImplemented");

    private static final Set<String> BUILTINS = Set.of("builtins", "__builtin__", "__builtins__");

    private static final Set<String> HARMLESS = Set.of(
            "copyreg._reconstructor",
            "copy_reg._reconstructor",
            "_codecs.encode",
            "collections.OrderedDict",
            "collections.defaultdict",
            "collections.deque",
            "collections.Counter",
            "datetime.date",
            "datetime.datetime",
            "datetime.time",
            "datetime.timedelta",
            "datetime.timezone",
            "decimal.Decimal",
            "fractions.Fraction",
            "uuid.UUID",
            "pathlib.PosixPath",
            "pathlib.PurePosixPath",
            "pathlib.WindowsPath",
            "pathlib.PureWindowsPath",
            "pathlib._local.PosixPath",
            "joblib.numpy_pickle.NumpyArrayWrapper",
            "joblib.numpy_pickle.NDArrayWrapper",
            "numpy.ndarray",
            "numpy.dtype",
            "numpy.matrix",
            "numpy.ma.core.MaskedArray",
            "numpy.ma.core._mareconstruct",
            "torch.Size",
            "torch.device",
            "torch.dtype",
            "torch.nn.parameter.Parameter",
            "torch._tensor._rebuild_from_type_v2",
            "torch.Tensor",
            "torch._C._nn.gelu");

    private static final Pattern NUMPY = Pattern.compile("numpy\\._?core\\.(multiarray|numeric|_multiarray_umath)\\."
            + "(_reconstruct|scalar|_frombuffer)|numpy\\._?core\\._ufunc_reconstruct"
            + "|numpy\\.random\\._(pickle|mt19937|pcg64|philox|sfc64)\\.(__randomstate_ctor|__bit_generator_ctor"
            + "|__generator_ctor|MT19937|PCG64|PCG64DXSM|Philox|SFC64)"
            + "|numpy\\.dtypes\\.[A-Z][A-Za-z0-9]*DType"
            + "|numpy\\.(bool_?|u?int(8|16|32|64|p|c)|float(16|32|64)|complex(64|128)|str_|bytes_|void|object_"
            + "|datetime64|timedelta64)"
            + "|numpy\\.(log|log2|log10|log1p|exp|exp2|expm1|sqrt|cbrt|square|abs|absolute|sin|cos|tan|tanh|mean|median"
            + "|sum|min|max|amin|amax|std|var|nanmean|nanmedian|argmax|argmin)");

    private static final Pattern TORCH =
            Pattern.compile("torch\\._utils\\._rebuild_(tensor|tensor_v2|tensor_v3|parameter"
                    + "|parameter_with_state|qtensor|sparse_tensor|device_tensor_from_numpy|meta_tensor_no_storage)"
                    + "|torch(\\.cuda)?\\.[A-Z][A-Za-z0-9]*Storage|torch\\.storage\\.(Typed|Untyped|_)[A-Za-z]*Storage"
                    + "|torch\\.(b?float(16|32|64)?|u?int(8|16|32|64)|double|half|long|bool|complex(64|128)|per_tensor_affine"
                    + "|strided)|torch\\.jit\\._pickle\\.(build_\\w+list|restore_type_tag)|__torch__\\.[\\w.]+");

    /** Packages whose classes are parts of models, with those of their modules that are not. */
    private static final Pattern MODEL_CLASS =
            Pattern.compile("(sklearn(?!\\.(externals|datasets|utils\\._testing|_build_utils"
                    + "|conftest|utils\\._joblib))[\\w.]*|torch\\.nn\\.modules[\\w.]*|torch\\.optim[\\w.]*|xgboost\\.(core|sklearn"
                    + "|compat)|lightgbm\\.(basic|sklearn|compat)|catboost\\.core|_catboost|imblearn[\\w.]*|scipy\\.sparse[\\w.]*"
                    + "|scipy\\.interpolate[\\w.]*|pandas\\.core\\.(frame|series|indexes[\\w.]*|internals[\\w.]*|arrays[\\w.]*"
                    + "|dtypes[\\w.]*)|pandas\\.arrays|pandas\\._libs[\\w.]*|statsmodels\\.(genmod|regression|tsa|discrete)[\\w.]*)"
                    + "\\._*[A-Z][A-Za-z0-9_]*|pandas\\.(DataFrame|Series|Timestamp|Timedelta|Period|Interval|Categorical"
                    + "|[A-Z][A-Za-z]*Dtype|([A-Z][A-Za-z]*)?Index)");

    /** Functions of those packages that only put their own objects together. */
    private static final Pattern MODEL_FUNCTION = Pattern.compile("pandas\\._libs\\.(internals\\._unpickle_block"
            + "|arrays\\.__pyx_unpickle_NDArrayBacked|tslibs\\.[\\w.]*__?(pyx_unpickle_\\w+|timestamp_unpickle|nat_unpickle))"
            + "|pandas\\.core\\.indexes\\.base\\._new_Index|pandas\\.core\\.internals\\.(managers|blocks)\\.new_block"
            + "|sklearn\\.[\\w.]*\\.__pyx_unpickle_\\w+|sklearn\\.[\\w.]*\\.newObj"
            + "|sklearn\\._loss\\.[\\w.]*|sklearn\\.tree\\._tree\\.Tree"
            + "|scipy\\.sparse\\._?[a-z]+\\.[a-z]{3}_(matrix|array)");

    /** Modules, with all below them, that nothing harmless is imported from. */
    private static final Set<String> REFUSED = Set.of(
            ("_io _pickle asyncio cPickle thread _posixsubprocess _socket _thread _xxsubinterpreters aiohttp ast bdb cProfile cffi"
                            + " cloudpickle code codeop commands concurrent ctypes dill dis distutils doctest"
                            + " ensurepip fabric faulthandler fileinput ftplib functools glob http httplib httpx idlelib"
                            + " imaplib imp importlib inspect io joblib lib2to3 linecache mmap"
                            + " marshal modulefinder multiprocessing nntplib nt ntpath numpy.distutils numpy.f2py"
                            + " numpy.testing numpy.ctypeslib numpy.lib operator os pandas.io pandas.core.computation"
                            + " paramiko pdb pickle pickletools pip pkgutil platform poplib popen2 posix posixpath profile"
                            + " pty pydoc requests runpy sched setuptools shelve shutil signal site smtpd"
                            + " smtplib socket socketserver sqlite3 ssl subprocess sys sysconfig tempfile telnetlib"
                            + " test threading timeit tkinter torch._dynamo torch._inductor torch.distributed torch.hub"
                            + " torch.jit torch.multiprocessing torch.package torch.serialization torch.utils trace"
                            + " tty turtle types urllib urllib2 urllib3 uvicorn venv webbrowser wsgiref"
                            + " xmlrpc zipimport zipfile tarfile")
                    .split(" "));

    private static final Set<String> REFUSED_NAMES = Set.of(
            "numpy.load",
            "numpy.fromfile",
            "numpy.genfromtxt",
            "numpy.loadtxt",
            "numpy.savetxt",
            "numpy.save",
            "numpy.memmap",
            "numpy.DataSource",
            "pandas.eval",
            "pandas.read_pickle",
            "torch.load",
            "torch.compile",
            "torch.save");

    /** Whatever module they are taken from, for other modules import them, too. */
    private static final Set<String> REFUSED_CLASSES =
            Set.of("Popen", "Process", "Pool", "Thread", "FunctionType", "CodeType", "ModuleType", "PackageImporter");

    private static final String COMPUTED = "?";

    private final List<String> allowed;

    /**
     * The rules with what the user vouches for.
     *
     * @param allowed imports such as {@code features.Scaler}, or all of a module as {@code features.*}
     */
    ImportRules(List<String> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** How dangerous the import is; empty for a harmless one. */
    Optional<Level> level(PickleImport what) {
        String name = what.qualified();
        if (isAllowed(what)) {
            return Optional.empty();
        }
        if (what.module().equals(COMPUTED) || what.name().startsWith("extension ") || isRefused(what)) {
            return Optional.of(Level.UNSAFE);
        }
        boolean harmless = HARMLESS.contains(name)
                || BUILTINS.contains(what.module())
                || (!what.name().contains(".") && isPartOfModel(name));
        return harmless ? Optional.empty() : Optional.of(Level.UNKNOWN);
    }

    private static boolean isPartOfModel(String name) {
        return NUMPY.matcher(name).matches()
                || TORCH.matcher(name).matches()
                || MODEL_CLASS.matcher(name).matches()
                || MODEL_FUNCTION.matcher(name).matches();
    }

    private boolean isAllowed(PickleImport what) {
        String name = what.qualified();
        return allowed.stream()
                .anyMatch(rule -> rule.equals(name)
                        || (rule.endsWith(".*") && name.startsWith(rule.substring(0, rule.length() - 1))));
    }

    private static boolean isRefused(PickleImport what) {
        if (BUILTINS.contains(what.module())) {
            return !HARMLESS_BUILTINS.contains(what.name());
        }
        return REFUSED_NAMES.contains(what.qualified())
                || isRefusedName(what.name())
                || (!HARMLESS.contains(what.qualified()) && isBelowRefused(what.module()));
    }

    /** A name with dots reaches through attributes: to Python's own, which have underscores around them, or on. */
    private static boolean isRefusedName(String name) {
        String[] parts = name.split("\\.", -1);
        for (String part : parts) {
            boolean reachesOn = parts.length > 1 && (part.startsWith("__") || REFUSED.contains(part));
            if (reachesOn || REFUSED_CLASSES.contains(part)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBelowRefused(String module) {
        for (int dot = module.length(); dot > 0; dot = module.lastIndexOf('.', dot - 1)) {
            if (REFUSED.contains(module.substring(0, dot))) {
                return true;
            }
        }
        return false;
    }
}
