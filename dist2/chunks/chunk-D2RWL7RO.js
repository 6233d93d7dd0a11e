import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  pLimit,
  require_semver
} from "./chunk-4HYMMQZN.js";
import {
  DatabaseError,
  DuplicateEntryError,
  UnstorableTextError,
  ZodError,
  _enum,
  array,
  coerce_exports,
  defineScript,
  email,
  fromSqlTime,
  int,
  literal,
  number,
  object,
  readDataKey,
  strictObject,
  string,
  toPreciseSqlTime,
  toSqlTime,
  tuple,
  union,
  unknown,
  uuid
} from "./chunk-AILLIRO2.js";
import {
  ApiError,
  StoreError,
  invalidInput
} from "./chunk-HV5ORW3E.js";
import {
  __commonJS,
  __require,
  __toESM
} from "./chunk-EU2VRU6C.js";

// node_modules/safe-buffer/index.js
var require_safe_buffer = __commonJS({
  "node_modules/safe-buffer/index.js"(exports, module) {
    var buffer = __require("buffer");
    var Buffer2 = buffer.Buffer;
    function copyProps(src, dst) {
      for (var key in src) {
        dst[key] = src[key];
      }
    }
    if (Buffer2.from && Buffer2.alloc && Buffer2.allocUnsafe && Buffer2.allocUnsafeSlow) {
      module.exports = buffer;
    } else {
      copyProps(buffer, exports);
      exports.Buffer = SafeBuffer;
    }
    function SafeBuffer(arg, encodingOrOffset, length) {
      return Buffer2(arg, encodingOrOffset, length);
    }
    SafeBuffer.prototype = Object.create(Buffer2.prototype);
    copyProps(Buffer2, SafeBuffer);
    SafeBuffer.from = function(arg, encodingOrOffset, length) {
      if (typeof arg === "number") {
        throw new TypeError("Argument must not be a number");
      }
      return Buffer2(arg, encodingOrOffset, length);
    };
    SafeBuffer.alloc = function(size, fill, encoding) {
      if (typeof size !== "number") {
        throw new TypeError("Argument must be a number");
      }
      var buf = Buffer2(size);
      if (fill !== void 0) {
        if (typeof encoding === "string") {
          buf.fill(fill, encoding);
        } else {
          buf.fill(fill);
        }
      } else {
        buf.fill(0);
      }
      return buf;
    };
    SafeBuffer.allocUnsafe = function(size) {
      if (typeof size !== "number") {
        throw new TypeError("Argument must be a number");
      }
      return Buffer2(size);
    };
    SafeBuffer.allocUnsafeSlow = function(size) {
      if (typeof size !== "number") {
        throw new TypeError("Argument must be a number");
      }
      return buffer.SlowBuffer(size);
    };
  }
});

// node_modules/jws/lib/data-stream.js
var require_data_stream = __commonJS({
  "node_modules/jws/lib/data-stream.js"(exports, module) {
    var Buffer2 = require_safe_buffer().Buffer;
    var Stream = __require("stream");
    var util = __require("util");
    function DataStream(data) {
      this.buffer = null;
      this.writable = true;
      this.readable = true;
      if (!data) {
        this.buffer = Buffer2.alloc(0);
        return this;
      }
      if (typeof data.pipe === "function") {
        this.buffer = Buffer2.alloc(0);
        data.pipe(this);
        return this;
      }
      if (data.length || typeof data === "object") {
        this.buffer = data;
        this.writable = false;
        process.nextTick(function() {
          this.emit("end", data);
          this.readable = false;
          this.emit("close");
        }.bind(this));
        return this;
      }
      throw new TypeError("Unexpected data type (" + typeof data + ")");
    }
    util.inherits(DataStream, Stream);
    DataStream.prototype.write = function write2(data) {
      this.buffer = Buffer2.concat([this.buffer, Buffer2.from(data)]);
      this.emit("data", data);
    };
    DataStream.prototype.end = function end(data) {
      if (data)
        this.write(data);
      this.emit("end", data);
      this.emit("close");
      this.writable = false;
      this.readable = false;
    };
    module.exports = DataStream;
  }
});

// node_modules/ecdsa-sig-formatter/src/param-bytes-for-alg.js
var require_param_bytes_for_alg = __commonJS({
  "node_modules/ecdsa-sig-formatter/src/param-bytes-for-alg.js"(exports, module) {
    "use strict";
    function getParamSize(keySize) {
      var result = (keySize / 8 | 0) + (keySize % 8 === 0 ? 0 : 1);
      return result;
    }
    var paramBytesForAlg = {
      ES256: getParamSize(256),
      ES384: getParamSize(384),
      ES512: getParamSize(521)
    };
    function getParamBytesForAlg(alg) {
      var paramBytes = paramBytesForAlg[alg];
      if (paramBytes) {
        return paramBytes;
      }
      throw new Error('Unknown algorithm "' + alg + '"');
    }
    module.exports = getParamBytesForAlg;
  }
});

// node_modules/ecdsa-sig-formatter/src/ecdsa-sig-formatter.js
var require_ecdsa_sig_formatter = __commonJS({
  "node_modules/ecdsa-sig-formatter/src/ecdsa-sig-formatter.js"(exports, module) {
    "use strict";
    var Buffer2 = require_safe_buffer().Buffer;
    var getParamBytesForAlg = require_param_bytes_for_alg();
    var MAX_OCTET = 128;
    var CLASS_UNIVERSAL = 0;
    var PRIMITIVE_BIT = 32;
    var TAG_SEQ = 16;
    var TAG_INT = 2;
    var ENCODED_TAG_SEQ = TAG_SEQ | PRIMITIVE_BIT | CLASS_UNIVERSAL << 6;
    var ENCODED_TAG_INT = TAG_INT | CLASS_UNIVERSAL << 6;
    function base64Url(base64) {
      return base64.replace(/=/g, "").replace(/\+/g, "-").replace(/\//g, "_");
    }
    function signatureAsBuffer(signature) {
      if (Buffer2.isBuffer(signature)) {
        return signature;
      } else if ("string" === typeof signature) {
        return Buffer2.from(signature, "base64");
      }
      throw new TypeError("ECDSA signature must be a Base64 string or a Buffer");
    }
    function derToJose(signature, alg) {
      signature = signatureAsBuffer(signature);
      var paramBytes = getParamBytesForAlg(alg);
      var maxEncodedParamLength = paramBytes + 1;
      var inputLength = signature.length;
      var offset = 0;
      if (signature[offset++] !== ENCODED_TAG_SEQ) {
        throw new Error('Could not find expected "seq"');
      }
      var seqLength = signature[offset++];
      if (seqLength === (MAX_OCTET | 1)) {
        seqLength = signature[offset++];
      }
      if (inputLength - offset < seqLength) {
        throw new Error('"seq" specified length of "' + seqLength + '", only "' + (inputLength - offset) + '" remaining');
      }
      if (signature[offset++] !== ENCODED_TAG_INT) {
        throw new Error('Could not find expected "int" for "r"');
      }
      var rLength = signature[offset++];
      if (inputLength - offset - 2 < rLength) {
        throw new Error('"r" specified length of "' + rLength + '", only "' + (inputLength - offset - 2) + '" available');
      }
      if (maxEncodedParamLength < rLength) {
        throw new Error('"r" specified length of "' + rLength + '", max of "' + maxEncodedParamLength + '" is acceptable');
      }
      var rOffset = offset;
      offset += rLength;
      if (signature[offset++] !== ENCODED_TAG_INT) {
        throw new Error('Could not find expected "int" for "s"');
      }
      var sLength = signature[offset++];
      if (inputLength - offset !== sLength) {
        throw new Error('"s" specified length of "' + sLength + '", expected "' + (inputLength - offset) + '"');
      }
      if (maxEncodedParamLength < sLength) {
        throw new Error('"s" specified length of "' + sLength + '", max of "' + maxEncodedParamLength + '" is acceptable');
      }
      var sOffset = offset;
      offset += sLength;
      if (offset !== inputLength) {
        throw new Error('Expected to consume entire buffer, but "' + (inputLength - offset) + '" bytes remain');
      }
      var rPadding = paramBytes - rLength, sPadding = paramBytes - sLength;
      var dst = Buffer2.allocUnsafe(rPadding + rLength + sPadding + sLength);
      for (offset = 0; offset < rPadding; ++offset) {
        dst[offset] = 0;
      }
      signature.copy(dst, offset, rOffset + Math.max(-rPadding, 0), rOffset + rLength);
      offset = paramBytes;
      for (var o = offset; offset < o + sPadding; ++offset) {
        dst[offset] = 0;
      }
      signature.copy(dst, offset, sOffset + Math.max(-sPadding, 0), sOffset + sLength);
      dst = dst.toString("base64");
      dst = base64Url(dst);
      return dst;
    }
    function countPadding(buf, start, stop) {
      var padding2 = 0;
      while (start + padding2 < stop && buf[start + padding2] === 0) {
        ++padding2;
      }
      var needsSign = buf[start + padding2] >= MAX_OCTET;
      if (needsSign) {
        --padding2;
      }
      return padding2;
    }
    function joseToDer(signature, alg) {
      signature = signatureAsBuffer(signature);
      var paramBytes = getParamBytesForAlg(alg);
      var signatureBytes = signature.length;
      if (signatureBytes !== paramBytes * 2) {
        throw new TypeError('"' + alg + '" signatures must be "' + paramBytes * 2 + '" bytes, saw "' + signatureBytes + '"');
      }
      var rPadding = countPadding(signature, 0, paramBytes);
      var sPadding = countPadding(signature, paramBytes, signature.length);
      var rLength = paramBytes - rPadding;
      var sLength = paramBytes - sPadding;
      var rsBytes = 1 + 1 + rLength + 1 + 1 + sLength;
      var shortLength = rsBytes < MAX_OCTET;
      var dst = Buffer2.allocUnsafe((shortLength ? 2 : 3) + rsBytes);
      var offset = 0;
      dst[offset++] = ENCODED_TAG_SEQ;
      if (shortLength) {
        dst[offset++] = rsBytes;
      } else {
        dst[offset++] = MAX_OCTET | 1;
        dst[offset++] = rsBytes & 255;
      }
      dst[offset++] = ENCODED_TAG_INT;
      dst[offset++] = rLength;
      if (rPadding < 0) {
        dst[offset++] = 0;
        offset += signature.copy(dst, offset, 0, paramBytes);
      } else {
        offset += signature.copy(dst, offset, rPadding, paramBytes);
      }
      dst[offset++] = ENCODED_TAG_INT;
      dst[offset++] = sLength;
      if (sPadding < 0) {
        dst[offset++] = 0;
        signature.copy(dst, offset, paramBytes);
      } else {
        signature.copy(dst, offset, paramBytes + sPadding);
      }
      return dst;
    }
    module.exports = {
      derToJose,
      joseToDer
    };
  }
});

// node_modules/buffer-equal-constant-time/index.js
var require_buffer_equal_constant_time = __commonJS({
  "node_modules/buffer-equal-constant-time/index.js"(exports, module) {
    "use strict";
    var Buffer2 = __require("buffer").Buffer;
    var SlowBuffer = __require("buffer").SlowBuffer;
    module.exports = bufferEq;
    function bufferEq(a2, b3) {
      if (!Buffer2.isBuffer(a2) || !Buffer2.isBuffer(b3)) {
        return false;
      }
      if (a2.length !== b3.length) {
        return false;
      }
      var c3 = 0;
      for (var i = 0; i < a2.length; i++) {
        c3 |= a2[i] ^ b3[i];
      }
      return c3 === 0;
    }
    bufferEq.install = function() {
      Buffer2.prototype.equal = SlowBuffer.prototype.equal = function equal(that) {
        return bufferEq(this, that);
      };
    };
    var origBufEqual = Buffer2.prototype.equal;
    var origSlowBufEqual = SlowBuffer.prototype.equal;
    bufferEq.restore = function() {
      Buffer2.prototype.equal = origBufEqual;
      SlowBuffer.prototype.equal = origSlowBufEqual;
    };
  }
});

// node_modules/jwa/index.js
var require_jwa = __commonJS({
  "node_modules/jwa/index.js"(exports, module) {
    var Buffer2 = require_safe_buffer().Buffer;
    var crypto2 = __require("crypto");
    var formatEcdsa = require_ecdsa_sig_formatter();
    var util = __require("util");
    var MSG_INVALID_ALGORITHM = '"%s" is not a valid algorithm.\n  Supported algorithms are:\n  "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512" and "none".';
    var MSG_INVALID_SECRET = "secret must be a string or buffer";
    var MSG_INVALID_VERIFIER_KEY = "key must be a string or a buffer";
    var MSG_INVALID_SIGNER_KEY = "key must be a string, a buffer or an object";
    var supportsKeyObjects = typeof crypto2.createPublicKey === "function";
    if (supportsKeyObjects) {
      MSG_INVALID_VERIFIER_KEY += " or a KeyObject";
      MSG_INVALID_SECRET += "or a KeyObject";
    }
    function checkIsPublicKey(key) {
      if (Buffer2.isBuffer(key)) {
        return;
      }
      if (typeof key === "string") {
        return;
      }
      if (!supportsKeyObjects) {
        throw typeError(MSG_INVALID_VERIFIER_KEY);
      }
      if (typeof key !== "object") {
        throw typeError(MSG_INVALID_VERIFIER_KEY);
      }
      if (typeof key.type !== "string") {
        throw typeError(MSG_INVALID_VERIFIER_KEY);
      }
      if (typeof key.asymmetricKeyType !== "string") {
        throw typeError(MSG_INVALID_VERIFIER_KEY);
      }
      if (typeof key.export !== "function") {
        throw typeError(MSG_INVALID_VERIFIER_KEY);
      }
    }
    function checkIsPrivateKey(key) {
      if (Buffer2.isBuffer(key)) {
        return;
      }
      if (typeof key === "string") {
        return;
      }
      if (typeof key === "object") {
        return;
      }
      throw typeError(MSG_INVALID_SIGNER_KEY);
    }
    function checkIsSecretKey(key) {
      if (Buffer2.isBuffer(key)) {
        return;
      }
      if (typeof key === "string") {
        return key;
      }
      if (!supportsKeyObjects) {
        throw typeError(MSG_INVALID_SECRET);
      }
      if (typeof key !== "object") {
        throw typeError(MSG_INVALID_SECRET);
      }
      if (key.type !== "secret") {
        throw typeError(MSG_INVALID_SECRET);
      }
      if (typeof key.export !== "function") {
        throw typeError(MSG_INVALID_SECRET);
      }
    }
    function fromBase64(base64) {
      return base64.replace(/=/g, "").replace(/\+/g, "-").replace(/\//g, "_");
    }
    function toBase64(base64url) {
      base64url = base64url.toString();
      var padding2 = 4 - base64url.length % 4;
      if (padding2 !== 4) {
        for (var i = 0; i < padding2; ++i) {
          base64url += "=";
        }
      }
      return base64url.replace(/\-/g, "+").replace(/_/g, "/");
    }
    function typeError(template) {
      var args = [].slice.call(arguments, 1);
      var errMsg = util.format.bind(util, template).apply(null, args);
      return new TypeError(errMsg);
    }
    function bufferOrString(obj) {
      return Buffer2.isBuffer(obj) || typeof obj === "string";
    }
    function normalizeInput(thing) {
      if (!bufferOrString(thing))
        thing = JSON.stringify(thing);
      return thing;
    }
    function createHmacSigner(bits) {
      return function sign(thing, secret) {
        checkIsSecretKey(secret);
        thing = normalizeInput(thing);
        var hmac2 = crypto2.createHmac("sha" + bits, secret);
        var sig = (hmac2.update(thing), hmac2.digest("base64"));
        return fromBase64(sig);
      };
    }
    var bufferEqual;
    var timingSafeEqual2 = "timingSafeEqual" in crypto2 ? function timingSafeEqual3(a2, b3) {
      if (a2.byteLength !== b3.byteLength) {
        return false;
      }
      return crypto2.timingSafeEqual(a2, b3);
    } : function timingSafeEqual3(a2, b3) {
      if (!bufferEqual) {
        bufferEqual = require_buffer_equal_constant_time();
      }
      return bufferEqual(a2, b3);
    };
    function createHmacVerifier(bits) {
      return function verify(thing, signature, secret) {
        var computedSig = createHmacSigner(bits)(thing, secret);
        return timingSafeEqual2(Buffer2.from(signature), Buffer2.from(computedSig));
      };
    }
    function createKeySigner(bits) {
      return function sign(thing, privateKey) {
        checkIsPrivateKey(privateKey);
        thing = normalizeInput(thing);
        var signer = crypto2.createSign("RSA-SHA" + bits);
        var sig = (signer.update(thing), signer.sign(privateKey, "base64"));
        return fromBase64(sig);
      };
    }
    function createKeyVerifier(bits) {
      return function verify(thing, signature, publicKey) {
        checkIsPublicKey(publicKey);
        thing = normalizeInput(thing);
        signature = toBase64(signature);
        var verifier = crypto2.createVerify("RSA-SHA" + bits);
        verifier.update(thing);
        return verifier.verify(publicKey, signature, "base64");
      };
    }
    function createPSSKeySigner(bits) {
      return function sign(thing, privateKey) {
        checkIsPrivateKey(privateKey);
        thing = normalizeInput(thing);
        var signer = crypto2.createSign("RSA-SHA" + bits);
        var sig = (signer.update(thing), signer.sign({
          key: privateKey,
          padding: crypto2.constants.RSA_PKCS1_PSS_PADDING,
          saltLength: crypto2.constants.RSA_PSS_SALTLEN_DIGEST
        }, "base64"));
        return fromBase64(sig);
      };
    }
    function createPSSKeyVerifier(bits) {
      return function verify(thing, signature, publicKey) {
        checkIsPublicKey(publicKey);
        thing = normalizeInput(thing);
        signature = toBase64(signature);
        var verifier = crypto2.createVerify("RSA-SHA" + bits);
        verifier.update(thing);
        return verifier.verify({
          key: publicKey,
          padding: crypto2.constants.RSA_PKCS1_PSS_PADDING,
          saltLength: crypto2.constants.RSA_PSS_SALTLEN_DIGEST
        }, signature, "base64");
      };
    }
    function createECDSASigner(bits) {
      var inner = createKeySigner(bits);
      return function sign() {
        var signature = inner.apply(null, arguments);
        signature = formatEcdsa.derToJose(signature, "ES" + bits);
        return signature;
      };
    }
    function createECDSAVerifer(bits) {
      var inner = createKeyVerifier(bits);
      return function verify(thing, signature, publicKey) {
        signature = formatEcdsa.joseToDer(signature, "ES" + bits).toString("base64");
        var result = inner(thing, signature, publicKey);
        return result;
      };
    }
    function createNoneSigner() {
      return function sign() {
        return "";
      };
    }
    function createNoneVerifier() {
      return function verify(thing, signature) {
        return signature === "";
      };
    }
    module.exports = function jwa(algorithm) {
      var signerFactories = {
        hs: createHmacSigner,
        rs: createKeySigner,
        ps: createPSSKeySigner,
        es: createECDSASigner,
        none: createNoneSigner
      };
      var verifierFactories = {
        hs: createHmacVerifier,
        rs: createKeyVerifier,
        ps: createPSSKeyVerifier,
        es: createECDSAVerifer,
        none: createNoneVerifier
      };
      var match = algorithm.match(/^(RS|PS|ES|HS)(256|384|512)$|^(none)$/);
      if (!match)
        throw typeError(MSG_INVALID_ALGORITHM, algorithm);
      var algo = (match[1] || match[3]).toLowerCase();
      var bits = match[2];
      return {
        sign: signerFactories[algo](bits),
        verify: verifierFactories[algo](bits)
      };
    };
  }
});

// node_modules/jws/lib/tostring.js
var require_tostring = __commonJS({
  "node_modules/jws/lib/tostring.js"(exports, module) {
    var Buffer2 = __require("buffer").Buffer;
    module.exports = function toString(obj) {
      if (typeof obj === "string")
        return obj;
      if (typeof obj === "number" || Buffer2.isBuffer(obj))
        return obj.toString();
      return JSON.stringify(obj);
    };
  }
});

// node_modules/jws/lib/sign-stream.js
var require_sign_stream = __commonJS({
  "node_modules/jws/lib/sign-stream.js"(exports, module) {
    var Buffer2 = require_safe_buffer().Buffer;
    var DataStream = require_data_stream();
    var jwa = require_jwa();
    var Stream = __require("stream");
    var toString = require_tostring();
    var util = __require("util");
    function base64url(string2, encoding) {
      return Buffer2.from(string2, encoding).toString("base64").replace(/=/g, "").replace(/\+/g, "-").replace(/\//g, "_");
    }
    function jwsSecuredInput(header, payload, encoding) {
      encoding = encoding || "utf8";
      var encodedHeader = base64url(toString(header), "binary");
      var encodedPayload = base64url(toString(payload), encoding);
      return util.format("%s.%s", encodedHeader, encodedPayload);
    }
    function jwsSign(opts) {
      var header = opts.header;
      var payload = opts.payload;
      var secretOrKey = opts.secret || opts.privateKey;
      var encoding = opts.encoding;
      var algo = jwa(header.alg);
      var securedInput = jwsSecuredInput(header, payload, encoding);
      var signature = algo.sign(securedInput, secretOrKey);
      return util.format("%s.%s", securedInput, signature);
    }
    function SignStream(opts) {
      var secret = opts.secret;
      secret = secret == null ? opts.privateKey : secret;
      secret = secret == null ? opts.key : secret;
      if (/^hs/i.test(opts.header.alg) === true && secret == null) {
        throw new TypeError("secret must be a string or buffer or a KeyObject");
      }
      var secretStream = new DataStream(secret);
      this.readable = true;
      this.header = opts.header;
      this.encoding = opts.encoding;
      this.secret = this.privateKey = this.key = secretStream;
      this.payload = new DataStream(opts.payload);
      this.secret.once("close", function() {
        if (!this.payload.writable && this.readable)
          this.sign();
      }.bind(this));
      this.payload.once("close", function() {
        if (!this.secret.writable && this.readable)
          this.sign();
      }.bind(this));
    }
    util.inherits(SignStream, Stream);
    SignStream.prototype.sign = function sign() {
      try {
        var signature = jwsSign({
          header: this.header,
          payload: this.payload.buffer,
          secret: this.secret.buffer,
          encoding: this.encoding
        });
        this.emit("done", signature);
        this.emit("data", signature);
        this.emit("end");
        this.readable = false;
        return signature;
      } catch (e) {
        this.readable = false;
        this.emit("error", e);
        this.emit("close");
      }
    };
    SignStream.sign = jwsSign;
    module.exports = SignStream;
  }
});

// node_modules/jws/lib/verify-stream.js
var require_verify_stream = __commonJS({
  "node_modules/jws/lib/verify-stream.js"(exports, module) {
    var Buffer2 = require_safe_buffer().Buffer;
    var DataStream = require_data_stream();
    var jwa = require_jwa();
    var Stream = __require("stream");
    var toString = require_tostring();
    var util = __require("util");
    var JWS_REGEX = /^[a-zA-Z0-9\-_]+?\.[a-zA-Z0-9\-_]+?\.([a-zA-Z0-9\-_]+)?$/;
    function isObject(thing) {
      return Object.prototype.toString.call(thing) === "[object Object]";
    }
    function safeJsonParse(thing) {
      if (isObject(thing))
        return thing;
      try {
        return JSON.parse(thing);
      } catch (e) {
        return void 0;
      }
    }
    function headerFromJWS(jwsSig) {
      var encodedHeader = jwsSig.split(".", 1)[0];
      return safeJsonParse(Buffer2.from(encodedHeader, "base64").toString("binary"));
    }
    function securedInputFromJWS(jwsSig) {
      return jwsSig.split(".", 2).join(".");
    }
    function signatureFromJWS(jwsSig) {
      return jwsSig.split(".")[2];
    }
    function payloadFromJWS(jwsSig, encoding) {
      encoding = encoding || "utf8";
      var payload = jwsSig.split(".")[1];
      return Buffer2.from(payload, "base64").toString(encoding);
    }
    function isValidJws(string2) {
      return JWS_REGEX.test(string2) && !!headerFromJWS(string2);
    }
    function jwsVerify(jwsSig, algorithm, secretOrKey) {
      if (!algorithm) {
        var err = new Error("Missing algorithm parameter for jws.verify");
        err.code = "MISSING_ALGORITHM";
        throw err;
      }
      jwsSig = toString(jwsSig);
      var signature = signatureFromJWS(jwsSig);
      var securedInput = securedInputFromJWS(jwsSig);
      var algo = jwa(algorithm);
      return algo.verify(securedInput, signature, secretOrKey);
    }
    function jwsDecode(jwsSig, opts) {
      opts = opts || {};
      jwsSig = toString(jwsSig);
      if (!isValidJws(jwsSig))
        return null;
      var header = headerFromJWS(jwsSig);
      if (!header)
        return null;
      var payload = payloadFromJWS(jwsSig);
      if (header.typ === "JWT" || opts.json)
        payload = JSON.parse(payload, opts.encoding);
      return {
        header,
        payload,
        signature: signatureFromJWS(jwsSig)
      };
    }
    function VerifyStream(opts) {
      opts = opts || {};
      var secretOrKey = opts.secret;
      secretOrKey = secretOrKey == null ? opts.publicKey : secretOrKey;
      secretOrKey = secretOrKey == null ? opts.key : secretOrKey;
      if (/^hs/i.test(opts.algorithm) === true && secretOrKey == null) {
        throw new TypeError("secret must be a string or buffer or a KeyObject");
      }
      var secretStream = new DataStream(secretOrKey);
      this.readable = true;
      this.algorithm = opts.algorithm;
      this.encoding = opts.encoding;
      this.secret = this.publicKey = this.key = secretStream;
      this.signature = new DataStream(opts.signature);
      this.secret.once("close", function() {
        if (!this.signature.writable && this.readable)
          this.verify();
      }.bind(this));
      this.signature.once("close", function() {
        if (!this.secret.writable && this.readable)
          this.verify();
      }.bind(this));
    }
    util.inherits(VerifyStream, Stream);
    VerifyStream.prototype.verify = function verify() {
      try {
        var valid = jwsVerify(this.signature.buffer, this.algorithm, this.key.buffer);
        var obj = jwsDecode(this.signature.buffer, this.encoding);
        this.emit("done", valid, obj);
        this.emit("data", valid);
        this.emit("end");
        this.readable = false;
        return valid;
      } catch (e) {
        this.readable = false;
        this.emit("error", e);
        this.emit("close");
      }
    };
    VerifyStream.decode = jwsDecode;
    VerifyStream.isValid = isValidJws;
    VerifyStream.verify = jwsVerify;
    module.exports = VerifyStream;
  }
});

// node_modules/jws/index.js
var require_jws = __commonJS({
  "node_modules/jws/index.js"(exports) {
    var SignStream = require_sign_stream();
    var VerifyStream = require_verify_stream();
    var ALGORITHMS = [
      "HS256",
      "HS384",
      "HS512",
      "RS256",
      "RS384",
      "RS512",
      "PS256",
      "PS384",
      "PS512",
      "ES256",
      "ES384",
      "ES512"
    ];
    exports.ALGORITHMS = ALGORITHMS;
    exports.sign = SignStream.sign;
    exports.verify = VerifyStream.verify;
    exports.decode = VerifyStream.decode;
    exports.isValid = VerifyStream.isValid;
    exports.createSign = function createSign(opts) {
      return new SignStream(opts);
    };
    exports.createVerify = function createVerify(opts) {
      return new VerifyStream(opts);
    };
  }
});

// node_modules/jsonwebtoken/decode.js
var require_decode = __commonJS({
  "node_modules/jsonwebtoken/decode.js"(exports, module) {
    var jws = require_jws();
    module.exports = function(jwt2, options) {
      options = options || {};
      var decoded = jws.decode(jwt2, options);
      if (!decoded) {
        return null;
      }
      var payload = decoded.payload;
      if (typeof payload === "string") {
        try {
          var obj = JSON.parse(payload);
          if (obj !== null && typeof obj === "object") {
            payload = obj;
          }
        } catch (e) {
        }
      }
      if (options.complete === true) {
        return {
          header: decoded.header,
          payload,
          signature: decoded.signature
        };
      }
      return payload;
    };
  }
});

// node_modules/jsonwebtoken/lib/JsonWebTokenError.js
var require_JsonWebTokenError = __commonJS({
  "node_modules/jsonwebtoken/lib/JsonWebTokenError.js"(exports, module) {
    var JsonWebTokenError = function(message, error) {
      Error.call(this, message);
      if (Error.captureStackTrace) {
        Error.captureStackTrace(this, this.constructor);
      }
      this.name = "JsonWebTokenError";
      this.message = message;
      if (error) this.inner = error;
    };
    JsonWebTokenError.prototype = Object.create(Error.prototype);
    JsonWebTokenError.prototype.constructor = JsonWebTokenError;
    module.exports = JsonWebTokenError;
  }
});

// node_modules/jsonwebtoken/lib/NotBeforeError.js
var require_NotBeforeError = __commonJS({
  "node_modules/jsonwebtoken/lib/NotBeforeError.js"(exports, module) {
    var JsonWebTokenError = require_JsonWebTokenError();
    var NotBeforeError = function(message, date) {
      JsonWebTokenError.call(this, message);
      this.name = "NotBeforeError";
      this.date = date;
    };
    NotBeforeError.prototype = Object.create(JsonWebTokenError.prototype);
    NotBeforeError.prototype.constructor = NotBeforeError;
    module.exports = NotBeforeError;
  }
});

// node_modules/jsonwebtoken/lib/TokenExpiredError.js
var require_TokenExpiredError = __commonJS({
  "node_modules/jsonwebtoken/lib/TokenExpiredError.js"(exports, module) {
    var JsonWebTokenError = require_JsonWebTokenError();
    var TokenExpiredError = function(message, expiredAt) {
      JsonWebTokenError.call(this, message);
      this.name = "TokenExpiredError";
      this.expiredAt = expiredAt;
    };
    TokenExpiredError.prototype = Object.create(JsonWebTokenError.prototype);
    TokenExpiredError.prototype.constructor = TokenExpiredError;
    module.exports = TokenExpiredError;
  }
});

// node_modules/ms/index.js
var require_ms = __commonJS({
  "node_modules/ms/index.js"(exports, module) {
    var s = 1e3;
    var m3 = s * 60;
    var h3 = m3 * 60;
    var d8 = h3 * 24;
    var w3 = d8 * 7;
    var y3 = d8 * 365.25;
    module.exports = function(val, options) {
      options = options || {};
      var type = typeof val;
      if (type === "string" && val.length > 0) {
        return parse(val);
      } else if (type === "number" && isFinite(val)) {
        return options.long ? fmtLong(val) : fmtShort(val);
      }
      throw new Error(
        "val is not a non-empty string or a valid number. val=" + JSON.stringify(val)
      );
    };
    function parse(str) {
      str = String(str);
      if (str.length > 100) {
        return;
      }
      var match = /^(-?(?:\d+)?\.?\d+) *(milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)?$/i.exec(
        str
      );
      if (!match) {
        return;
      }
      var n2 = parseFloat(match[1]);
      var type = (match[2] || "ms").toLowerCase();
      switch (type) {
        case "years":
        case "year":
        case "yrs":
        case "yr":
        case "y":
          return n2 * y3;
        case "weeks":
        case "week":
        case "w":
          return n2 * w3;
        case "days":
        case "day":
        case "d":
          return n2 * d8;
        case "hours":
        case "hour":
        case "hrs":
        case "hr":
        case "h":
          return n2 * h3;
        case "minutes":
        case "minute":
        case "mins":
        case "min":
        case "m":
          return n2 * m3;
        case "seconds":
        case "second":
        case "secs":
        case "sec":
        case "s":
          return n2 * s;
        case "milliseconds":
        case "millisecond":
        case "msecs":
        case "msec":
        case "ms":
          return n2;
        default:
          return void 0;
      }
    }
    function fmtShort(ms) {
      var msAbs = Math.abs(ms);
      if (msAbs >= d8) {
        return Math.round(ms / d8) + "d";
      }
      if (msAbs >= h3) {
        return Math.round(ms / h3) + "h";
      }
      if (msAbs >= m3) {
        return Math.round(ms / m3) + "m";
      }
      if (msAbs >= s) {
        return Math.round(ms / s) + "s";
      }
      return ms + "ms";
    }
    function fmtLong(ms) {
      var msAbs = Math.abs(ms);
      if (msAbs >= d8) {
        return plural(ms, msAbs, d8, "day");
      }
      if (msAbs >= h3) {
        return plural(ms, msAbs, h3, "hour");
      }
      if (msAbs >= m3) {
        return plural(ms, msAbs, m3, "minute");
      }
      if (msAbs >= s) {
        return plural(ms, msAbs, s, "second");
      }
      return ms + " ms";
    }
    function plural(ms, msAbs, n2, name) {
      var isPlural = msAbs >= n2 * 1.5;
      return Math.round(ms / n2) + " " + name + (isPlural ? "s" : "");
    }
  }
});

// node_modules/jsonwebtoken/lib/timespan.js
var require_timespan = __commonJS({
  "node_modules/jsonwebtoken/lib/timespan.js"(exports, module) {
    var ms = require_ms();
    module.exports = function(time, iat) {
      var timestamp = iat || Math.floor(Date.now() / 1e3);
      if (typeof time === "string") {
        var milliseconds = ms(time);
        if (typeof milliseconds === "undefined") {
          return;
        }
        return Math.floor(timestamp + milliseconds / 1e3);
      } else if (typeof time === "number") {
        return timestamp + time;
      } else {
        return;
      }
    };
  }
});

// node_modules/jsonwebtoken/lib/asymmetricKeyDetailsSupported.js
var require_asymmetricKeyDetailsSupported = __commonJS({
  "node_modules/jsonwebtoken/lib/asymmetricKeyDetailsSupported.js"(exports, module) {
    var semver = require_semver();
    module.exports = semver.satisfies(process.version, ">=15.7.0");
  }
});

// node_modules/jsonwebtoken/lib/rsaPssKeyDetailsSupported.js
var require_rsaPssKeyDetailsSupported = __commonJS({
  "node_modules/jsonwebtoken/lib/rsaPssKeyDetailsSupported.js"(exports, module) {
    var semver = require_semver();
    module.exports = semver.satisfies(process.version, ">=16.9.0");
  }
});

// node_modules/jsonwebtoken/lib/validateAsymmetricKey.js
var require_validateAsymmetricKey = __commonJS({
  "node_modules/jsonwebtoken/lib/validateAsymmetricKey.js"(exports, module) {
    var ASYMMETRIC_KEY_DETAILS_SUPPORTED = require_asymmetricKeyDetailsSupported();
    var RSA_PSS_KEY_DETAILS_SUPPORTED = require_rsaPssKeyDetailsSupported();
    var allowedAlgorithmsForKeys = {
      "ec": ["ES256", "ES384", "ES512"],
      "rsa": ["RS256", "PS256", "RS384", "PS384", "RS512", "PS512"],
      "rsa-pss": ["PS256", "PS384", "PS512"]
    };
    var allowedCurves = {
      ES256: "prime256v1",
      ES384: "secp384r1",
      ES512: "secp521r1"
    };
    module.exports = function(algorithm, key) {
      if (!algorithm || !key) return;
      const keyType = key.asymmetricKeyType;
      if (!keyType) return;
      const allowedAlgorithms = allowedAlgorithmsForKeys[keyType];
      if (!allowedAlgorithms) {
        throw new Error(`Unknown key type "${keyType}".`);
      }
      if (!allowedAlgorithms.includes(algorithm)) {
        throw new Error(`"alg" parameter for "${keyType}" key type must be one of: ${allowedAlgorithms.join(", ")}.`);
      }
      if (ASYMMETRIC_KEY_DETAILS_SUPPORTED) {
        switch (keyType) {
          case "ec":
            const keyCurve = key.asymmetricKeyDetails.namedCurve;
            const allowedCurve = allowedCurves[algorithm];
            if (keyCurve !== allowedCurve) {
              throw new Error(`"alg" parameter "${algorithm}" requires curve "${allowedCurve}".`);
            }
            break;
          case "rsa-pss":
            if (RSA_PSS_KEY_DETAILS_SUPPORTED) {
              const length = parseInt(algorithm.slice(-3), 10);
              const { hashAlgorithm, mgf1HashAlgorithm, saltLength } = key.asymmetricKeyDetails;
              if (hashAlgorithm !== `sha${length}` || mgf1HashAlgorithm !== hashAlgorithm) {
                throw new Error(`Invalid key for this operation, its RSA-PSS parameters do not meet the requirements of "alg" ${algorithm}.`);
              }
              if (saltLength !== void 0 && saltLength > length >> 3) {
                throw new Error(`Invalid key for this operation, its RSA-PSS parameter saltLength does not meet the requirements of "alg" ${algorithm}.`);
              }
            }
            break;
        }
      }
    };
  }
});

// node_modules/jsonwebtoken/lib/psSupported.js
var require_psSupported = __commonJS({
  "node_modules/jsonwebtoken/lib/psSupported.js"(exports, module) {
    var semver = require_semver();
    module.exports = semver.satisfies(process.version, "^6.12.0 || >=8.0.0");
  }
});

// node_modules/jsonwebtoken/verify.js
var require_verify = __commonJS({
  "node_modules/jsonwebtoken/verify.js"(exports, module) {
    var JsonWebTokenError = require_JsonWebTokenError();
    var NotBeforeError = require_NotBeforeError();
    var TokenExpiredError = require_TokenExpiredError();
    var decode = require_decode();
    var timespan = require_timespan();
    var validateAsymmetricKey = require_validateAsymmetricKey();
    var PS_SUPPORTED = require_psSupported();
    var jws = require_jws();
    var { KeyObject, createSecretKey: createSecretKey3, createPublicKey } = __require("crypto");
    var PUB_KEY_ALGS = ["RS256", "RS384", "RS512"];
    var EC_KEY_ALGS = ["ES256", "ES384", "ES512"];
    var RSA_KEY_ALGS = ["RS256", "RS384", "RS512"];
    var HS_ALGS = ["HS256", "HS384", "HS512"];
    if (PS_SUPPORTED) {
      PUB_KEY_ALGS.splice(PUB_KEY_ALGS.length, 0, "PS256", "PS384", "PS512");
      RSA_KEY_ALGS.splice(RSA_KEY_ALGS.length, 0, "PS256", "PS384", "PS512");
    }
    module.exports = function(jwtString, secretOrPublicKey, options, callback) {
      if (typeof options === "function" && !callback) {
        callback = options;
        options = {};
      }
      if (!options) {
        options = {};
      }
      options = Object.assign({}, options);
      let done;
      if (callback) {
        done = callback;
      } else {
        done = function(err, data) {
          if (err) throw err;
          return data;
        };
      }
      if (options.clockTimestamp && typeof options.clockTimestamp !== "number") {
        return done(new JsonWebTokenError("clockTimestamp must be a number"));
      }
      if (options.nonce !== void 0 && (typeof options.nonce !== "string" || options.nonce.trim() === "")) {
        return done(new JsonWebTokenError("nonce must be a non-empty string"));
      }
      if (options.allowInvalidAsymmetricKeyTypes !== void 0 && typeof options.allowInvalidAsymmetricKeyTypes !== "boolean") {
        return done(new JsonWebTokenError("allowInvalidAsymmetricKeyTypes must be a boolean"));
      }
      const clockTimestamp = options.clockTimestamp || Math.floor(Date.now() / 1e3);
      if (!jwtString) {
        return done(new JsonWebTokenError("jwt must be provided"));
      }
      if (typeof jwtString !== "string") {
        return done(new JsonWebTokenError("jwt must be a string"));
      }
      const parts = jwtString.split(".");
      if (parts.length !== 3) {
        return done(new JsonWebTokenError("jwt malformed"));
      }
      let decodedToken;
      try {
        decodedToken = decode(jwtString, { complete: true });
      } catch (err) {
        return done(err);
      }
      if (!decodedToken) {
        return done(new JsonWebTokenError("invalid token"));
      }
      const header = decodedToken.header;
      let getSecret;
      if (typeof secretOrPublicKey === "function") {
        if (!callback) {
          return done(new JsonWebTokenError("verify must be called asynchronous if secret or public key is provided as a callback"));
        }
        getSecret = secretOrPublicKey;
      } else {
        getSecret = function(header2, secretCallback) {
          return secretCallback(null, secretOrPublicKey);
        };
      }
      return getSecret(header, function(err, secretOrPublicKey2) {
        if (err) {
          return done(new JsonWebTokenError("error in secret or public key callback: " + err.message));
        }
        const hasSignature = parts[2].trim() !== "";
        if (!hasSignature && secretOrPublicKey2) {
          return done(new JsonWebTokenError("jwt signature is required"));
        }
        if (hasSignature && !secretOrPublicKey2) {
          return done(new JsonWebTokenError("secret or public key must be provided"));
        }
        if (!hasSignature && !options.algorithms) {
          return done(new JsonWebTokenError('please specify "none" in "algorithms" to verify unsigned tokens'));
        }
        if (secretOrPublicKey2 != null && !(secretOrPublicKey2 instanceof KeyObject)) {
          try {
            secretOrPublicKey2 = createPublicKey(secretOrPublicKey2);
          } catch (_3) {
            try {
              secretOrPublicKey2 = createSecretKey3(typeof secretOrPublicKey2 === "string" ? Buffer.from(secretOrPublicKey2) : secretOrPublicKey2);
            } catch (_4) {
              return done(new JsonWebTokenError("secretOrPublicKey is not valid key material"));
            }
          }
        }
        if (!options.algorithms) {
          if (secretOrPublicKey2.type === "secret") {
            options.algorithms = HS_ALGS;
          } else if (["rsa", "rsa-pss"].includes(secretOrPublicKey2.asymmetricKeyType)) {
            options.algorithms = RSA_KEY_ALGS;
          } else if (secretOrPublicKey2.asymmetricKeyType === "ec") {
            options.algorithms = EC_KEY_ALGS;
          } else {
            options.algorithms = PUB_KEY_ALGS;
          }
        }
        if (options.algorithms.indexOf(decodedToken.header.alg) === -1) {
          return done(new JsonWebTokenError("invalid algorithm"));
        }
        if (header.alg.startsWith("HS") && secretOrPublicKey2.type !== "secret") {
          return done(new JsonWebTokenError(`secretOrPublicKey must be a symmetric key when using ${header.alg}`));
        } else if (/^(?:RS|PS|ES)/.test(header.alg) && secretOrPublicKey2.type !== "public") {
          return done(new JsonWebTokenError(`secretOrPublicKey must be an asymmetric key when using ${header.alg}`));
        }
        if (!options.allowInvalidAsymmetricKeyTypes) {
          try {
            validateAsymmetricKey(header.alg, secretOrPublicKey2);
          } catch (e) {
            return done(e);
          }
        }
        let valid;
        try {
          valid = jws.verify(jwtString, decodedToken.header.alg, secretOrPublicKey2);
        } catch (e) {
          return done(e);
        }
        if (!valid) {
          return done(new JsonWebTokenError("invalid signature"));
        }
        const payload = decodedToken.payload;
        if (typeof payload.nbf !== "undefined" && !options.ignoreNotBefore) {
          if (typeof payload.nbf !== "number") {
            return done(new JsonWebTokenError("invalid nbf value"));
          }
          if (payload.nbf > clockTimestamp + (options.clockTolerance || 0)) {
            return done(new NotBeforeError("jwt not active", new Date(payload.nbf * 1e3)));
          }
        }
        if (typeof payload.exp !== "undefined" && !options.ignoreExpiration) {
          if (typeof payload.exp !== "number") {
            return done(new JsonWebTokenError("invalid exp value"));
          }
          if (clockTimestamp >= payload.exp + (options.clockTolerance || 0)) {
            return done(new TokenExpiredError("jwt expired", new Date(payload.exp * 1e3)));
          }
        }
        if (options.audience) {
          const audiences = Array.isArray(options.audience) ? options.audience : [options.audience];
          const target = Array.isArray(payload.aud) ? payload.aud : [payload.aud];
          const match = target.some(function(targetAudience) {
            return audiences.some(function(audience) {
              return audience instanceof RegExp ? audience.test(targetAudience) : audience === targetAudience;
            });
          });
          if (!match) {
            return done(new JsonWebTokenError("jwt audience invalid. expected: " + audiences.join(" or ")));
          }
        }
        if (options.issuer) {
          const invalid_issuer = typeof options.issuer === "string" && payload.iss !== options.issuer || Array.isArray(options.issuer) && options.issuer.indexOf(payload.iss) === -1;
          if (invalid_issuer) {
            return done(new JsonWebTokenError("jwt issuer invalid. expected: " + options.issuer));
          }
        }
        if (options.subject) {
          if (payload.sub !== options.subject) {
            return done(new JsonWebTokenError("jwt subject invalid. expected: " + options.subject));
          }
        }
        if (options.jwtid) {
          if (payload.jti !== options.jwtid) {
            return done(new JsonWebTokenError("jwt jwtid invalid. expected: " + options.jwtid));
          }
        }
        if (options.nonce) {
          if (payload.nonce !== options.nonce) {
            return done(new JsonWebTokenError("jwt nonce invalid. expected: " + options.nonce));
          }
        }
        if (options.maxAge) {
          if (typeof payload.iat !== "number") {
            return done(new JsonWebTokenError("iat required when maxAge is specified"));
          }
          const maxAgeTimestamp = timespan(options.maxAge, payload.iat);
          if (typeof maxAgeTimestamp === "undefined") {
            return done(new JsonWebTokenError('"maxAge" should be a number of seconds or string representing a timespan eg: "1d", "20h", 60'));
          }
          if (clockTimestamp >= maxAgeTimestamp + (options.clockTolerance || 0)) {
            return done(new TokenExpiredError("maxAge exceeded", new Date(maxAgeTimestamp * 1e3)));
          }
        }
        if (options.complete === true) {
          const signature = decodedToken.signature;
          return done(null, {
            header,
            payload,
            signature
          });
        }
        return done(null, payload);
      });
    };
  }
});

// node_modules/lodash.includes/index.js
var require_lodash = __commonJS({
  "node_modules/lodash.includes/index.js"(exports, module) {
    var INFINITY = 1 / 0;
    var MAX_SAFE_INTEGER = 9007199254740991;
    var MAX_INTEGER = 17976931348623157e292;
    var NAN = 0 / 0;
    var argsTag = "[object Arguments]";
    var funcTag = "[object Function]";
    var genTag = "[object GeneratorFunction]";
    var stringTag = "[object String]";
    var symbolTag = "[object Symbol]";
    var reTrim = /^\s+|\s+$/g;
    var reIsBadHex = /^[-+]0x[0-9a-f]+$/i;
    var reIsBinary = /^0b[01]+$/i;
    var reIsOctal = /^0o[0-7]+$/i;
    var reIsUint = /^(?:0|[1-9]\d*)$/;
    var freeParseInt = parseInt;
    function arrayMap(array2, iteratee) {
      var index = -1, length = array2 ? array2.length : 0, result = Array(length);
      while (++index < length) {
        result[index] = iteratee(array2[index], index, array2);
      }
      return result;
    }
    function baseFindIndex(array2, predicate, fromIndex, fromRight) {
      var length = array2.length, index = fromIndex + (fromRight ? 1 : -1);
      while (fromRight ? index-- : ++index < length) {
        if (predicate(array2[index], index, array2)) {
          return index;
        }
      }
      return -1;
    }
    function baseIndexOf(array2, value, fromIndex) {
      if (value !== value) {
        return baseFindIndex(array2, baseIsNaN, fromIndex);
      }
      var index = fromIndex - 1, length = array2.length;
      while (++index < length) {
        if (array2[index] === value) {
          return index;
        }
      }
      return -1;
    }
    function baseIsNaN(value) {
      return value !== value;
    }
    function baseTimes(n2, iteratee) {
      var index = -1, result = Array(n2);
      while (++index < n2) {
        result[index] = iteratee(index);
      }
      return result;
    }
    function baseValues(object2, props) {
      return arrayMap(props, function(key) {
        return object2[key];
      });
    }
    function overArg(func, transform) {
      return function(arg) {
        return func(transform(arg));
      };
    }
    var objectProto = Object.prototype;
    var hasOwnProperty = objectProto.hasOwnProperty;
    var objectToString = objectProto.toString;
    var propertyIsEnumerable = objectProto.propertyIsEnumerable;
    var nativeKeys = overArg(Object.keys, Object);
    var nativeMax = Math.max;
    function arrayLikeKeys(value, inherited) {
      var result = isArray(value) || isArguments(value) ? baseTimes(value.length, String) : [];
      var length = result.length, skipIndexes = !!length;
      for (var key in value) {
        if ((inherited || hasOwnProperty.call(value, key)) && !(skipIndexes && (key == "length" || isIndex(key, length)))) {
          result.push(key);
        }
      }
      return result;
    }
    function baseKeys(object2) {
      if (!isPrototype(object2)) {
        return nativeKeys(object2);
      }
      var result = [];
      for (var key in Object(object2)) {
        if (hasOwnProperty.call(object2, key) && key != "constructor") {
          result.push(key);
        }
      }
      return result;
    }
    function isIndex(value, length) {
      length = length == null ? MAX_SAFE_INTEGER : length;
      return !!length && (typeof value == "number" || reIsUint.test(value)) && (value > -1 && value % 1 == 0 && value < length);
    }
    function isPrototype(value) {
      var Ctor = value && value.constructor, proto = typeof Ctor == "function" && Ctor.prototype || objectProto;
      return value === proto;
    }
    function includes(collection, value, fromIndex, guard) {
      collection = isArrayLike(collection) ? collection : values(collection);
      fromIndex = fromIndex && !guard ? toInteger(fromIndex) : 0;
      var length = collection.length;
      if (fromIndex < 0) {
        fromIndex = nativeMax(length + fromIndex, 0);
      }
      return isString(collection) ? fromIndex <= length && collection.indexOf(value, fromIndex) > -1 : !!length && baseIndexOf(collection, value, fromIndex) > -1;
    }
    function isArguments(value) {
      return isArrayLikeObject(value) && hasOwnProperty.call(value, "callee") && (!propertyIsEnumerable.call(value, "callee") || objectToString.call(value) == argsTag);
    }
    var isArray = Array.isArray;
    function isArrayLike(value) {
      return value != null && isLength(value.length) && !isFunction(value);
    }
    function isArrayLikeObject(value) {
      return isObjectLike(value) && isArrayLike(value);
    }
    function isFunction(value) {
      var tag = isObject(value) ? objectToString.call(value) : "";
      return tag == funcTag || tag == genTag;
    }
    function isLength(value) {
      return typeof value == "number" && value > -1 && value % 1 == 0 && value <= MAX_SAFE_INTEGER;
    }
    function isObject(value) {
      var type = typeof value;
      return !!value && (type == "object" || type == "function");
    }
    function isObjectLike(value) {
      return !!value && typeof value == "object";
    }
    function isString(value) {
      return typeof value == "string" || !isArray(value) && isObjectLike(value) && objectToString.call(value) == stringTag;
    }
    function isSymbol(value) {
      return typeof value == "symbol" || isObjectLike(value) && objectToString.call(value) == symbolTag;
    }
    function toFinite(value) {
      if (!value) {
        return value === 0 ? value : 0;
      }
      value = toNumber(value);
      if (value === INFINITY || value === -INFINITY) {
        var sign = value < 0 ? -1 : 1;
        return sign * MAX_INTEGER;
      }
      return value === value ? value : 0;
    }
    function toInteger(value) {
      var result = toFinite(value), remainder = result % 1;
      return result === result ? remainder ? result - remainder : result : 0;
    }
    function toNumber(value) {
      if (typeof value == "number") {
        return value;
      }
      if (isSymbol(value)) {
        return NAN;
      }
      if (isObject(value)) {
        var other = typeof value.valueOf == "function" ? value.valueOf() : value;
        value = isObject(other) ? other + "" : other;
      }
      if (typeof value != "string") {
        return value === 0 ? value : +value;
      }
      value = value.replace(reTrim, "");
      var isBinary = reIsBinary.test(value);
      return isBinary || reIsOctal.test(value) ? freeParseInt(value.slice(2), isBinary ? 2 : 8) : reIsBadHex.test(value) ? NAN : +value;
    }
    function keys(object2) {
      return isArrayLike(object2) ? arrayLikeKeys(object2) : baseKeys(object2);
    }
    function values(object2) {
      return object2 ? baseValues(object2, keys(object2)) : [];
    }
    module.exports = includes;
  }
});

// node_modules/lodash.isboolean/index.js
var require_lodash2 = __commonJS({
  "node_modules/lodash.isboolean/index.js"(exports, module) {
    var boolTag = "[object Boolean]";
    var objectProto = Object.prototype;
    var objectToString = objectProto.toString;
    function isBoolean(value) {
      return value === true || value === false || isObjectLike(value) && objectToString.call(value) == boolTag;
    }
    function isObjectLike(value) {
      return !!value && typeof value == "object";
    }
    module.exports = isBoolean;
  }
});

// node_modules/lodash.isinteger/index.js
var require_lodash3 = __commonJS({
  "node_modules/lodash.isinteger/index.js"(exports, module) {
    var INFINITY = 1 / 0;
    var MAX_INTEGER = 17976931348623157e292;
    var NAN = 0 / 0;
    var symbolTag = "[object Symbol]";
    var reTrim = /^\s+|\s+$/g;
    var reIsBadHex = /^[-+]0x[0-9a-f]+$/i;
    var reIsBinary = /^0b[01]+$/i;
    var reIsOctal = /^0o[0-7]+$/i;
    var freeParseInt = parseInt;
    var objectProto = Object.prototype;
    var objectToString = objectProto.toString;
    function isInteger(value) {
      return typeof value == "number" && value == toInteger(value);
    }
    function isObject(value) {
      var type = typeof value;
      return !!value && (type == "object" || type == "function");
    }
    function isObjectLike(value) {
      return !!value && typeof value == "object";
    }
    function isSymbol(value) {
      return typeof value == "symbol" || isObjectLike(value) && objectToString.call(value) == symbolTag;
    }
    function toFinite(value) {
      if (!value) {
        return value === 0 ? value : 0;
      }
      value = toNumber(value);
      if (value === INFINITY || value === -INFINITY) {
        var sign = value < 0 ? -1 : 1;
        return sign * MAX_INTEGER;
      }
      return value === value ? value : 0;
    }
    function toInteger(value) {
      var result = toFinite(value), remainder = result % 1;
      return result === result ? remainder ? result - remainder : result : 0;
    }
    function toNumber(value) {
      if (typeof value == "number") {
        return value;
      }
      if (isSymbol(value)) {
        return NAN;
      }
      if (isObject(value)) {
        var other = typeof value.valueOf == "function" ? value.valueOf() : value;
        value = isObject(other) ? other + "" : other;
      }
      if (typeof value != "string") {
        return value === 0 ? value : +value;
      }
      value = value.replace(reTrim, "");
      var isBinary = reIsBinary.test(value);
      return isBinary || reIsOctal.test(value) ? freeParseInt(value.slice(2), isBinary ? 2 : 8) : reIsBadHex.test(value) ? NAN : +value;
    }
    module.exports = isInteger;
  }
});

// node_modules/lodash.isnumber/index.js
var require_lodash4 = __commonJS({
  "node_modules/lodash.isnumber/index.js"(exports, module) {
    var numberTag = "[object Number]";
    var objectProto = Object.prototype;
    var objectToString = objectProto.toString;
    function isObjectLike(value) {
      return !!value && typeof value == "object";
    }
    function isNumber(value) {
      return typeof value == "number" || isObjectLike(value) && objectToString.call(value) == numberTag;
    }
    module.exports = isNumber;
  }
});

// node_modules/lodash.isplainobject/index.js
var require_lodash5 = __commonJS({
  "node_modules/lodash.isplainobject/index.js"(exports, module) {
    var objectTag = "[object Object]";
    function isHostObject(value) {
      var result = false;
      if (value != null && typeof value.toString != "function") {
        try {
          result = !!(value + "");
        } catch (e) {
        }
      }
      return result;
    }
    function overArg(func, transform) {
      return function(arg) {
        return func(transform(arg));
      };
    }
    var funcProto = Function.prototype;
    var objectProto = Object.prototype;
    var funcToString = funcProto.toString;
    var hasOwnProperty = objectProto.hasOwnProperty;
    var objectCtorString = funcToString.call(Object);
    var objectToString = objectProto.toString;
    var getPrototype = overArg(Object.getPrototypeOf, Object);
    function isObjectLike(value) {
      return !!value && typeof value == "object";
    }
    function isPlainObject(value) {
      if (!isObjectLike(value) || objectToString.call(value) != objectTag || isHostObject(value)) {
        return false;
      }
      var proto = getPrototype(value);
      if (proto === null) {
        return true;
      }
      var Ctor = hasOwnProperty.call(proto, "constructor") && proto.constructor;
      return typeof Ctor == "function" && Ctor instanceof Ctor && funcToString.call(Ctor) == objectCtorString;
    }
    module.exports = isPlainObject;
  }
});

// node_modules/lodash.isstring/index.js
var require_lodash6 = __commonJS({
  "node_modules/lodash.isstring/index.js"(exports, module) {
    var stringTag = "[object String]";
    var objectProto = Object.prototype;
    var objectToString = objectProto.toString;
    var isArray = Array.isArray;
    function isObjectLike(value) {
      return !!value && typeof value == "object";
    }
    function isString(value) {
      return typeof value == "string" || !isArray(value) && isObjectLike(value) && objectToString.call(value) == stringTag;
    }
    module.exports = isString;
  }
});

// node_modules/lodash.once/index.js
var require_lodash7 = __commonJS({
  "node_modules/lodash.once/index.js"(exports, module) {
    var FUNC_ERROR_TEXT = "Expected a function";
    var INFINITY = 1 / 0;
    var MAX_INTEGER = 17976931348623157e292;
    var NAN = 0 / 0;
    var symbolTag = "[object Symbol]";
    var reTrim = /^\s+|\s+$/g;
    var reIsBadHex = /^[-+]0x[0-9a-f]+$/i;
    var reIsBinary = /^0b[01]+$/i;
    var reIsOctal = /^0o[0-7]+$/i;
    var freeParseInt = parseInt;
    var objectProto = Object.prototype;
    var objectToString = objectProto.toString;
    function before(n2, func) {
      var result;
      if (typeof func != "function") {
        throw new TypeError(FUNC_ERROR_TEXT);
      }
      n2 = toInteger(n2);
      return function() {
        if (--n2 > 0) {
          result = func.apply(this, arguments);
        }
        if (n2 <= 1) {
          func = void 0;
        }
        return result;
      };
    }
    function once(func) {
      return before(2, func);
    }
    function isObject(value) {
      var type = typeof value;
      return !!value && (type == "object" || type == "function");
    }
    function isObjectLike(value) {
      return !!value && typeof value == "object";
    }
    function isSymbol(value) {
      return typeof value == "symbol" || isObjectLike(value) && objectToString.call(value) == symbolTag;
    }
    function toFinite(value) {
      if (!value) {
        return value === 0 ? value : 0;
      }
      value = toNumber(value);
      if (value === INFINITY || value === -INFINITY) {
        var sign = value < 0 ? -1 : 1;
        return sign * MAX_INTEGER;
      }
      return value === value ? value : 0;
    }
    function toInteger(value) {
      var result = toFinite(value), remainder = result % 1;
      return result === result ? remainder ? result - remainder : result : 0;
    }
    function toNumber(value) {
      if (typeof value == "number") {
        return value;
      }
      if (isSymbol(value)) {
        return NAN;
      }
      if (isObject(value)) {
        var other = typeof value.valueOf == "function" ? value.valueOf() : value;
        value = isObject(other) ? other + "" : other;
      }
      if (typeof value != "string") {
        return value === 0 ? value : +value;
      }
      value = value.replace(reTrim, "");
      var isBinary = reIsBinary.test(value);
      return isBinary || reIsOctal.test(value) ? freeParseInt(value.slice(2), isBinary ? 2 : 8) : reIsBadHex.test(value) ? NAN : +value;
    }
    module.exports = once;
  }
});

// node_modules/jsonwebtoken/sign.js
var require_sign = __commonJS({
  "node_modules/jsonwebtoken/sign.js"(exports, module) {
    var timespan = require_timespan();
    var PS_SUPPORTED = require_psSupported();
    var validateAsymmetricKey = require_validateAsymmetricKey();
    var jws = require_jws();
    var includes = require_lodash();
    var isBoolean = require_lodash2();
    var isInteger = require_lodash3();
    var isNumber = require_lodash4();
    var isPlainObject = require_lodash5();
    var isString = require_lodash6();
    var once = require_lodash7();
    var { KeyObject, createSecretKey: createSecretKey3, createPrivateKey } = __require("crypto");
    var SUPPORTED_ALGS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "HS256", "HS384", "HS512", "none"];
    if (PS_SUPPORTED) {
      SUPPORTED_ALGS.splice(3, 0, "PS256", "PS384", "PS512");
    }
    var sign_options_schema = {
      expiresIn: { isValid: function(value) {
        return isInteger(value) || isString(value) && value;
      }, message: '"expiresIn" should be a number of seconds or string representing a timespan' },
      notBefore: { isValid: function(value) {
        return isInteger(value) || isString(value) && value;
      }, message: '"notBefore" should be a number of seconds or string representing a timespan' },
      audience: { isValid: function(value) {
        return isString(value) || Array.isArray(value);
      }, message: '"audience" must be a string or array' },
      algorithm: { isValid: includes.bind(null, SUPPORTED_ALGS), message: '"algorithm" must be a valid string enum value' },
      header: { isValid: isPlainObject, message: '"header" must be an object' },
      encoding: { isValid: isString, message: '"encoding" must be a string' },
      issuer: { isValid: isString, message: '"issuer" must be a string' },
      subject: { isValid: isString, message: '"subject" must be a string' },
      jwtid: { isValid: isString, message: '"jwtid" must be a string' },
      noTimestamp: { isValid: isBoolean, message: '"noTimestamp" must be a boolean' },
      keyid: { isValid: isString, message: '"keyid" must be a string' },
      mutatePayload: { isValid: isBoolean, message: '"mutatePayload" must be a boolean' },
      allowInsecureKeySizes: { isValid: isBoolean, message: '"allowInsecureKeySizes" must be a boolean' },
      allowInvalidAsymmetricKeyTypes: { isValid: isBoolean, message: '"allowInvalidAsymmetricKeyTypes" must be a boolean' }
    };
    var registered_claims_schema = {
      iat: { isValid: isNumber, message: '"iat" should be a number of seconds' },
      exp: { isValid: isNumber, message: '"exp" should be a number of seconds' },
      nbf: { isValid: isNumber, message: '"nbf" should be a number of seconds' }
    };
    function validate(schema, allowUnknown, object2, parameterName) {
      if (!isPlainObject(object2)) {
        throw new Error('Expected "' + parameterName + '" to be a plain object.');
      }
      Object.keys(object2).forEach(function(key) {
        const validator = schema[key];
        if (!validator) {
          if (!allowUnknown) {
            throw new Error('"' + key + '" is not allowed in "' + parameterName + '"');
          }
          return;
        }
        if (!validator.isValid(object2[key])) {
          throw new Error(validator.message);
        }
      });
    }
    function validateOptions(options) {
      return validate(sign_options_schema, false, options, "options");
    }
    function validatePayload(payload) {
      return validate(registered_claims_schema, true, payload, "payload");
    }
    var options_to_payload = {
      "audience": "aud",
      "issuer": "iss",
      "subject": "sub",
      "jwtid": "jti"
    };
    var options_for_objects = [
      "expiresIn",
      "notBefore",
      "noTimestamp",
      "audience",
      "issuer",
      "subject",
      "jwtid"
    ];
    module.exports = function(payload, secretOrPrivateKey, options, callback) {
      if (typeof options === "function") {
        callback = options;
        options = {};
      } else {
        options = options || {};
      }
      const isObjectPayload = typeof payload === "object" && !Buffer.isBuffer(payload);
      const header = Object.assign({
        alg: options.algorithm || "HS256",
        typ: isObjectPayload ? "JWT" : void 0,
        kid: options.keyid
      }, options.header);
      function failure(err) {
        if (callback) {
          return callback(err);
        }
        throw err;
      }
      if (!secretOrPrivateKey && options.algorithm !== "none") {
        return failure(new Error("secretOrPrivateKey must have a value"));
      }
      if (secretOrPrivateKey != null && !(secretOrPrivateKey instanceof KeyObject)) {
        try {
          secretOrPrivateKey = createPrivateKey(secretOrPrivateKey);
        } catch (_3) {
          try {
            secretOrPrivateKey = createSecretKey3(typeof secretOrPrivateKey === "string" ? Buffer.from(secretOrPrivateKey) : secretOrPrivateKey);
          } catch (_4) {
            return failure(new Error("secretOrPrivateKey is not valid key material"));
          }
        }
      }
      if (header.alg.startsWith("HS") && secretOrPrivateKey.type !== "secret") {
        return failure(new Error(`secretOrPrivateKey must be a symmetric key when using ${header.alg}`));
      } else if (/^(?:RS|PS|ES)/.test(header.alg)) {
        if (secretOrPrivateKey.type !== "private") {
          return failure(new Error(`secretOrPrivateKey must be an asymmetric key when using ${header.alg}`));
        }
        if (!options.allowInsecureKeySizes && !header.alg.startsWith("ES") && secretOrPrivateKey.asymmetricKeyDetails !== void 0 && //KeyObject.asymmetricKeyDetails is supported in Node 15+
        secretOrPrivateKey.asymmetricKeyDetails.modulusLength < 2048) {
          return failure(new Error(`secretOrPrivateKey has a minimum key size of 2048 bits for ${header.alg}`));
        }
      }
      if (typeof payload === "undefined") {
        return failure(new Error("payload is required"));
      } else if (isObjectPayload) {
        try {
          validatePayload(payload);
        } catch (error) {
          return failure(error);
        }
        if (!options.mutatePayload) {
          payload = Object.assign({}, payload);
        }
      } else {
        const invalid_options = options_for_objects.filter(function(opt) {
          return typeof options[opt] !== "undefined";
        });
        if (invalid_options.length > 0) {
          return failure(new Error("invalid " + invalid_options.join(",") + " option for " + typeof payload + " payload"));
        }
      }
      if (typeof payload.exp !== "undefined" && typeof options.expiresIn !== "undefined") {
        return failure(new Error('Bad "options.expiresIn" option the payload already has an "exp" property.'));
      }
      if (typeof payload.nbf !== "undefined" && typeof options.notBefore !== "undefined") {
        return failure(new Error('Bad "options.notBefore" option the payload already has an "nbf" property.'));
      }
      try {
        validateOptions(options);
      } catch (error) {
        return failure(error);
      }
      if (!options.allowInvalidAsymmetricKeyTypes) {
        try {
          validateAsymmetricKey(header.alg, secretOrPrivateKey);
        } catch (error) {
          return failure(error);
        }
      }
      const timestamp = payload.iat || Math.floor(Date.now() / 1e3);
      if (options.noTimestamp) {
        delete payload.iat;
      } else if (isObjectPayload) {
        payload.iat = timestamp;
      }
      if (typeof options.notBefore !== "undefined") {
        try {
          payload.nbf = timespan(options.notBefore, timestamp);
        } catch (err) {
          return failure(err);
        }
        if (typeof payload.nbf === "undefined") {
          return failure(new Error('"notBefore" should be a number of seconds or string representing a timespan eg: "1d", "20h", 60'));
        }
      }
      if (typeof options.expiresIn !== "undefined" && typeof payload === "object") {
        try {
          payload.exp = timespan(options.expiresIn, timestamp);
        } catch (err) {
          return failure(err);
        }
        if (typeof payload.exp === "undefined") {
          return failure(new Error('"expiresIn" should be a number of seconds or string representing a timespan eg: "1d", "20h", 60'));
        }
      }
      Object.keys(options_to_payload).forEach(function(key) {
        const claim = options_to_payload[key];
        if (typeof options[key] !== "undefined") {
          if (typeof payload[claim] !== "undefined") {
            return failure(new Error('Bad "options.' + key + '" option. The payload already has an "' + claim + '" property.'));
          }
          payload[claim] = options[key];
        }
      });
      const encoding = options.encoding || "utf8";
      if (typeof callback === "function") {
        callback = callback && once(callback);
        jws.createSign({
          header,
          privateKey: secretOrPrivateKey,
          payload,
          encoding
        }).once("error", callback).once("done", function(signature) {
          if (!options.allowInsecureKeySizes && /^(?:RS|PS)/.test(header.alg) && signature.length < 256) {
            return callback(new Error(`secretOrPrivateKey has a minimum key size of 2048 bits for ${header.alg}`));
          }
          callback(null, signature);
        });
      } else {
        let signature = jws.sign({ header, payload, secret: secretOrPrivateKey, encoding });
        if (!options.allowInsecureKeySizes && /^(?:RS|PS)/.test(header.alg) && signature.length < 256) {
          throw new Error(`secretOrPrivateKey has a minimum key size of 2048 bits for ${header.alg}`);
        }
        return signature;
      }
    };
  }
});

// node_modules/jsonwebtoken/index.js
var require_jsonwebtoken = __commonJS({
  "node_modules/jsonwebtoken/index.js"(exports, module) {
    module.exports = {
      decode: require_decode(),
      verify: require_verify(),
      sign: require_sign(),
      JsonWebTokenError: require_JsonWebTokenError(),
      NotBeforeError: require_NotBeforeError(),
      TokenExpiredError: require_TokenExpiredError()
    };
  }
});

// node_modules/dataloader/index.js
var require_dataloader = __commonJS({
  "node_modules/dataloader/index.js"(exports, module) {
    "use strict";
    var DataLoader2 = /* @__PURE__ */ (function() {
      function DataLoader3(batchLoadFn, options) {
        if (typeof batchLoadFn !== "function") {
          throw new TypeError("DataLoader must be constructed with a function which accepts " + ("Array<key> and returns Promise<Array<value>>, but got: " + batchLoadFn + "."));
        }
        this._batchLoadFn = batchLoadFn;
        this._maxBatchSize = getValidMaxBatchSize(options);
        this._batchScheduleFn = getValidBatchScheduleFn(options);
        this._cacheKeyFn = getValidCacheKeyFn(options);
        this._cacheMap = getValidCacheMap(options);
        this._batch = null;
        this.name = getValidName(options);
      }
      var _proto = DataLoader3.prototype;
      _proto.load = function load(key) {
        if (key === null || key === void 0) {
          throw new TypeError("The loader.load() function must be called with a value, " + ("but got: " + String(key) + "."));
        }
        var batch = getCurrentBatch(this);
        var cacheMap = this._cacheMap;
        var cacheKey;
        if (cacheMap) {
          cacheKey = this._cacheKeyFn(key);
          var cachedPromise = cacheMap.get(cacheKey);
          if (cachedPromise) {
            var cacheHits = batch.cacheHits || (batch.cacheHits = []);
            return new Promise(function(resolve) {
              cacheHits.push(function() {
                resolve(cachedPromise);
              });
            });
          }
        }
        batch.keys.push(key);
        var promise = new Promise(function(resolve, reject) {
          batch.callbacks.push({
            resolve,
            reject
          });
        });
        if (cacheMap) {
          cacheMap.set(cacheKey, promise);
        }
        return promise;
      };
      _proto.loadMany = function loadMany(keys) {
        if (!isArrayLike(keys)) {
          throw new TypeError("The loader.loadMany() function must be called with Array<key> " + ("but got: " + keys + "."));
        }
        var loadPromises = [];
        for (var i = 0; i < keys.length; i++) {
          loadPromises.push(this.load(keys[i])["catch"](function(error) {
            return error;
          }));
        }
        return Promise.all(loadPromises);
      };
      _proto.clear = function clear(key) {
        var cacheMap = this._cacheMap;
        if (cacheMap) {
          var cacheKey = this._cacheKeyFn(key);
          cacheMap["delete"](cacheKey);
        }
        return this;
      };
      _proto.clearAll = function clearAll() {
        var cacheMap = this._cacheMap;
        if (cacheMap) {
          cacheMap.clear();
        }
        return this;
      };
      _proto.prime = function prime(key, value) {
        var cacheMap = this._cacheMap;
        if (cacheMap) {
          var cacheKey = this._cacheKeyFn(key);
          if (cacheMap.get(cacheKey) === void 0) {
            var promise;
            if (value instanceof Error) {
              promise = Promise.reject(value);
              promise["catch"](function() {
              });
            } else {
              promise = Promise.resolve(value);
            }
            cacheMap.set(cacheKey, promise);
          }
        }
        return this;
      };
      return DataLoader3;
    })();
    var enqueuePostPromiseJob = typeof process === "object" && typeof process.nextTick === "function" ? function(fn) {
      if (!resolvedPromise) {
        resolvedPromise = Promise.resolve();
      }
      resolvedPromise.then(function() {
        process.nextTick(fn);
      });
    } : typeof setImmediate === "function" ? function(fn) {
      setImmediate(fn);
    } : function(fn) {
      setTimeout(fn);
    };
    var resolvedPromise;
    function getCurrentBatch(loader) {
      var existingBatch = loader._batch;
      if (existingBatch !== null && !existingBatch.hasDispatched && existingBatch.keys.length < loader._maxBatchSize) {
        return existingBatch;
      }
      var newBatch = {
        hasDispatched: false,
        keys: [],
        callbacks: []
      };
      loader._batch = newBatch;
      loader._batchScheduleFn(function() {
        dispatchBatch(loader, newBatch);
      });
      return newBatch;
    }
    function dispatchBatch(loader, batch) {
      batch.hasDispatched = true;
      if (batch.keys.length === 0) {
        resolveCacheHits(batch);
        return;
      }
      var batchPromise;
      try {
        batchPromise = loader._batchLoadFn(batch.keys);
      } catch (e) {
        return failedDispatch(loader, batch, new TypeError("DataLoader must be constructed with a function which accepts Array<key> and returns Promise<Array<value>>, but the function " + ("errored synchronously: " + String(e) + ".")));
      }
      if (!batchPromise || typeof batchPromise.then !== "function") {
        return failedDispatch(loader, batch, new TypeError("DataLoader must be constructed with a function which accepts Array<key> and returns Promise<Array<value>>, but the function did " + ("not return a Promise: " + String(batchPromise) + ".")));
      }
      batchPromise.then(function(values) {
        if (!isArrayLike(values)) {
          throw new TypeError("DataLoader must be constructed with a function which accepts Array<key> and returns Promise<Array<value>>, but the function did " + ("not return a Promise of an Array: " + String(values) + "."));
        }
        if (values.length !== batch.keys.length) {
          throw new TypeError("DataLoader must be constructed with a function which accepts Array<key> and returns Promise<Array<value>>, but the function did not return a Promise of an Array of the same length as the Array of keys." + ("\n\nKeys:\n" + String(batch.keys)) + ("\n\nValues:\n" + String(values)));
        }
        resolveCacheHits(batch);
        for (var i = 0; i < batch.callbacks.length; i++) {
          var _value = values[i];
          if (_value instanceof Error) {
            batch.callbacks[i].reject(_value);
          } else {
            batch.callbacks[i].resolve(_value);
          }
        }
      })["catch"](function(error) {
        failedDispatch(loader, batch, error);
      });
    }
    function failedDispatch(loader, batch, error) {
      resolveCacheHits(batch);
      for (var i = 0; i < batch.keys.length; i++) {
        loader.clear(batch.keys[i]);
        batch.callbacks[i].reject(error);
      }
    }
    function resolveCacheHits(batch) {
      if (batch.cacheHits) {
        for (var i = 0; i < batch.cacheHits.length; i++) {
          batch.cacheHits[i]();
        }
      }
    }
    function getValidMaxBatchSize(options) {
      var shouldBatch = !options || options.batch !== false;
      if (!shouldBatch) {
        return 1;
      }
      var maxBatchSize = options && options.maxBatchSize;
      if (maxBatchSize === void 0) {
        return Infinity;
      }
      if (typeof maxBatchSize !== "number" || maxBatchSize < 1) {
        throw new TypeError("maxBatchSize must be a positive number: " + maxBatchSize);
      }
      return maxBatchSize;
    }
    function getValidBatchScheduleFn(options) {
      var batchScheduleFn = options && options.batchScheduleFn;
      if (batchScheduleFn === void 0) {
        return enqueuePostPromiseJob;
      }
      if (typeof batchScheduleFn !== "function") {
        throw new TypeError("batchScheduleFn must be a function: " + batchScheduleFn);
      }
      return batchScheduleFn;
    }
    function getValidCacheKeyFn(options) {
      var cacheKeyFn = options && options.cacheKeyFn;
      if (cacheKeyFn === void 0) {
        return function(key) {
          return key;
        };
      }
      if (typeof cacheKeyFn !== "function") {
        throw new TypeError("cacheKeyFn must be a function: " + cacheKeyFn);
      }
      return cacheKeyFn;
    }
    function getValidCacheMap(options) {
      var shouldCache = !options || options.cache !== false;
      if (!shouldCache) {
        return null;
      }
      var cacheMap = options && options.cacheMap;
      if (cacheMap === void 0) {
        return /* @__PURE__ */ new Map();
      }
      if (cacheMap !== null) {
        var cacheFunctions = ["get", "set", "delete", "clear"];
        var missingFunctions = cacheFunctions.filter(function(fnName) {
          return cacheMap && typeof cacheMap[fnName] !== "function";
        });
        if (missingFunctions.length !== 0) {
          throw new TypeError("Custom cacheMap missing methods: " + missingFunctions.join(", "));
        }
      }
      return cacheMap;
    }
    function getValidName(options) {
      if (options && options.name) {
        return options.name;
      }
      return null;
    }
    function isArrayLike(x4) {
      return typeof x4 === "object" && x4 !== null && typeof x4.length === "number" && (x4.length === 0 || x4.length > 0 && Object.prototype.hasOwnProperty.call(x4, x4.length - 1));
    }
    module.exports = DataLoader2;
  }
});

// node_modules/rate-limiter-flexible/lib/component/BlockedKeys/BlockedKeys.js
var require_BlockedKeys = __commonJS({
  "node_modules/rate-limiter-flexible/lib/component/BlockedKeys/BlockedKeys.js"(exports, module) {
    module.exports = class BlockedKeys {
      constructor() {
        this._keys = /* @__PURE__ */ new Map();
      }
      collectExpired() {
        const now = Date.now();
        for (const [key, expire] of this._keys) {
          if (expire <= now) {
            this._keys.delete(key);
          }
        }
      }
      /**
       * Add new blocked key
       *
       * @param key String
       * @param sec Number
       */
      add(key, sec) {
        this.addMs(key, sec * 1e3);
      }
      /**
       * Add new blocked key for ms
       *
       * @param key String
       * @param ms Number
       */
      addMs(key, ms) {
        this._keys.set(key, Date.now() + ms);
        if (this._keys.size > 999) {
          this.collectExpired();
        }
      }
      /**
       * 0 means not blocked
       *
       * @param key
       * @returns {number}
       */
      msBeforeExpire(key) {
        const expire = this._keys.get(key);
        const now = Date.now();
        if (expire && expire >= now) {
          return expire - now;
        }
        return 0;
      }
      /**
       * If key is not given, delete all data in memory
       *
       * @param {string|undefined} key
       */
      delete(key) {
        if (key) {
          this._keys.delete(key);
        } else {
          this._keys.clear();
        }
      }
    };
  }
});

// node_modules/rate-limiter-flexible/lib/component/BlockedKeys/index.js
var require_BlockedKeys2 = __commonJS({
  "node_modules/rate-limiter-flexible/lib/component/BlockedKeys/index.js"(exports, module) {
    var BlockedKeys = require_BlockedKeys();
    module.exports = BlockedKeys;
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterRes.js
var require_RateLimiterRes = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterRes.js"(exports, module) {
    module.exports = class RateLimiterRes {
      constructor(remainingPoints, msBeforeNext, consumedPoints, isFirstInDuration) {
        this.remainingPoints = typeof remainingPoints === "undefined" ? 0 : remainingPoints;
        this.msBeforeNext = typeof msBeforeNext === "undefined" ? 0 : msBeforeNext;
        this.consumedPoints = typeof consumedPoints === "undefined" ? 0 : consumedPoints;
        this.isFirstInDuration = typeof isFirstInDuration === "undefined" ? false : isFirstInDuration;
      }
      get msBeforeNext() {
        return this._msBeforeNext;
      }
      set msBeforeNext(ms) {
        this._msBeforeNext = ms;
        return this;
      }
      get remainingPoints() {
        return this._remainingPoints;
      }
      set remainingPoints(p) {
        this._remainingPoints = p;
        return this;
      }
      get consumedPoints() {
        return this._consumedPoints;
      }
      set consumedPoints(p) {
        this._consumedPoints = p;
        return this;
      }
      get isFirstInDuration() {
        return this._isFirstInDuration;
      }
      set isFirstInDuration(value) {
        this._isFirstInDuration = Boolean(value);
      }
      _getDecoratedProperties() {
        return {
          remainingPoints: this.remainingPoints,
          msBeforeNext: this.msBeforeNext,
          consumedPoints: this.consumedPoints,
          isFirstInDuration: this.isFirstInDuration
        };
      }
      [/* @__PURE__ */ Symbol.for("nodejs.util.inspect.custom")]() {
        return this._getDecoratedProperties();
      }
      toString() {
        return JSON.stringify(this._getDecoratedProperties());
      }
      toJSON() {
        return this._getDecoratedProperties();
      }
    };
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterAbstract.js
var require_RateLimiterAbstract = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterAbstract.js"(exports, module) {
    module.exports = class RateLimiterAbstract {
      /**
       *
       * @param opts Object {
       *   points: <required>, // Number of points (must be a number, can be negative)
       *   duration: <required>, // Per seconds (must be a non-negative number, 0 = never expires)
       *   blockDuration: 0, // Block if consumed more than points in current duration for blockDuration seconds
       *   execEvenly: false, // Execute allowed actions evenly over duration
       *   execEvenlyMinDelayMs: duration * 1000 / points, // ms, works with execEvenly=true option
       *   keyPrefix: 'rlflx',
       * }
       */
      constructor(opts = {}) {
        this.points = opts.points;
        this.duration = opts.duration;
        this.blockDuration = opts.blockDuration;
        this.execEvenly = opts.execEvenly;
        this.execEvenlyMinDelayMs = opts.execEvenlyMinDelayMs;
        this.keyPrefix = opts.keyPrefix;
      }
      get points() {
        return this._points;
      }
      set points(value) {
        if (Number.isFinite(value)) {
          this._points = value;
        } else {
          throw new Error("points must be set and must be a finite number");
        }
      }
      get duration() {
        return this._duration;
      }
      set duration(value) {
        if (typeof value === "number" && Number.isFinite(value) && value >= 0) {
          this._duration = value;
        } else {
          throw new Error("duration must be set and must be a finite, non-negative number");
        }
      }
      get msDuration() {
        return this.duration * 1e3;
      }
      get blockDuration() {
        return this._blockDuration;
      }
      set blockDuration(value) {
        this._blockDuration = typeof value === "undefined" ? 0 : value;
      }
      get msBlockDuration() {
        return this.blockDuration * 1e3;
      }
      get execEvenly() {
        return this._execEvenly;
      }
      set execEvenly(value) {
        this._execEvenly = typeof value === "undefined" ? false : Boolean(value);
      }
      get execEvenlyMinDelayMs() {
        return this._execEvenlyMinDelayMs === void 0 ? this._getExecEvenlyMinDelayMsDefault() : this._execEvenlyMinDelayMs;
      }
      set execEvenlyMinDelayMs(value) {
        this._execEvenlyMinDelayMs = value;
      }
      _getExecEvenlyMinDelayMsDefault() {
        return this.points > 0 ? Math.ceil(this.msDuration / this.points) : 0;
      }
      get keyPrefix() {
        return this._keyPrefix;
      }
      set keyPrefix(value) {
        if (typeof value === "undefined") {
          value = "rlflx";
        }
        if (typeof value !== "string") {
          throw new Error("keyPrefix must be string");
        }
        this._keyPrefix = value;
      }
      _getKeySecDuration(options = {}) {
        return options && options.customDuration >= 0 ? options.customDuration : this.duration;
      }
      getKey(key) {
        return this.keyPrefix.length > 0 ? `${this.keyPrefix}:${key}` : key;
      }
      parseKey(rlKey) {
        return this.keyPrefix.length > 0 ? rlKey.substring(this.keyPrefix.length + 1) : rlKey;
      }
      consume() {
        throw new Error("You have to implement the method 'consume'!");
      }
      penalty() {
        throw new Error("You have to implement the method 'penalty'!");
      }
      reward() {
        throw new Error("You have to implement the method 'reward'!");
      }
      get() {
        throw new Error("You have to implement the method 'get'!");
      }
      set() {
        throw new Error("You have to implement the method 'set'!");
      }
      block() {
        throw new Error("You have to implement the method 'block'!");
      }
      delete() {
        throw new Error("You have to implement the method 'delete'!");
      }
    };
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterCompatibleAbstract.js
var require_RateLimiterCompatibleAbstract = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterCompatibleAbstract.js"(exports, module) {
    module.exports = class RateLimiterCompatibleAbstract {
      get keyPrefix() {
        throw new Error("You have to implement the getter 'keyPrefix'!");
      }
      get blockDuration() {
        throw new Error("You have to implement the getter 'blockDuration'!");
      }
      set blockDuration(value) {
        throw new Error("You have to implement the setter 'blockDuration'!");
      }
      get execEvenly() {
        throw new Error("You have to implement the getter 'execEvenly'!");
      }
      set execEvenly(value) {
        throw new Error("You have to implement the setter 'execEvenly'!");
      }
      consume() {
        throw new Error("You have to implement the method 'consume'!");
      }
      penalty() {
        throw new Error("You have to implement the method 'penalty'!");
      }
      reward() {
        throw new Error("You have to implement the method 'reward'!");
      }
      get() {
        throw new Error("You have to implement the method 'get'!");
      }
      set() {
        throw new Error("You have to implement the method 'set'!");
      }
      block() {
        throw new Error("You have to implement the method 'block'!");
      }
      delete() {
        throw new Error("You have to implement the method 'delete'!");
      }
    };
  }
});

// node_modules/rate-limiter-flexible/lib/helper/isRateLimiterCompatible.js
var require_isRateLimiterCompatible = __commonJS({
  "node_modules/rate-limiter-flexible/lib/helper/isRateLimiterCompatible.js"(exports, module) {
    var RateLimiterAbstract = require_RateLimiterAbstract();
    var RateLimiterCompatibleAbstract = require_RateLimiterCompatibleAbstract();
    module.exports = function isRateLimiterCompatible(obj) {
      return obj instanceof RateLimiterAbstract || obj instanceof RateLimiterCompatibleAbstract;
    };
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterInsuredAbstract.js
var require_RateLimiterInsuredAbstract = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterInsuredAbstract.js"(exports, module) {
    var RateLimiterAbstract = require_RateLimiterAbstract();
    var RateLimiterRes2 = require_RateLimiterRes();
    var isRateLimiterCompatible = require_isRateLimiterCompatible();
    module.exports = class RateLimiterInsuredAbstract extends RateLimiterAbstract {
      constructor(opts = {}) {
        super(opts);
        this.insuranceLimiter = opts.insuranceLimiter;
      }
      get insuranceLimiter() {
        return this._insuranceLimiter;
      }
      set insuranceLimiter(value) {
        if (typeof value !== "undefined" && !isRateLimiterCompatible(value)) {
          throw new Error("insuranceLimiter must be instance of RateLimiterAbstract or RateLimiterCompatibleAbstract");
        }
        this._insuranceLimiter = value;
        if (this._insuranceLimiter) {
          this._insuranceLimiter.blockDuration = this.blockDuration;
          this._insuranceLimiter.execEvenly = this.execEvenly;
        }
      }
      _handleError(err, funcName, resolve, reject, params) {
        if (err instanceof RateLimiterRes2) {
          reject(err);
        } else if (!isRateLimiterCompatible(this.insuranceLimiter)) {
          reject(err);
        } else {
          this.insuranceLimiter[funcName](...params).then((res) => {
            resolve(res);
          }).catch((res) => {
            reject(res);
          });
        }
      }
      _operation(funcName, params) {
        const promise = this[funcName](...params);
        return new Promise((resolve, reject) => {
          return promise.then((res) => {
            resolve(res);
          }).catch((err) => {
            if (funcName.startsWith("_")) {
              funcName = funcName.slice(1);
            }
            this._handleError(err, funcName, resolve, reject, params);
          });
        });
      }
      consume(key, pointsToConsume = 1, options = {}) {
        return this._operation("_consume", [key, pointsToConsume, options]);
      }
      penalty(key, points = 1, options = {}) {
        return this._operation("_penalty", [key, points, options]);
      }
      reward(key, points = 1, options = {}) {
        return this._operation("_reward", [key, points, options]);
      }
      get(key, options = {}) {
        return this._operation("_get", [key, options]);
      }
      set(key, points, secDuration, options = {}) {
        return this._operation("_set", [key, points, secDuration, options]);
      }
      block(key, secDuration, options = {}) {
        return this._operation("_block", [key, secDuration, options]);
      }
      delete(key, options = {}) {
        return this._operation("_delete", [key, options]);
      }
      _consume() {
        throw new Error("You have to implement the method '_consume'!");
      }
      _penalty() {
        throw new Error("You have to implement the method '_penalty'!");
      }
      _reward() {
        throw new Error("You have to implement the method '_reward'!");
      }
      _get() {
        throw new Error("You have to implement the method '_get'!");
      }
      _set() {
        throw new Error("You have to implement the method '_set'!");
      }
      _block() {
        throw new Error("You have to implement the method '_block'!");
      }
      _delete() {
        throw new Error("You have to implement the method '_delete'!");
      }
    };
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterStoreAbstract.js
var require_RateLimiterStoreAbstract = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterStoreAbstract.js"(exports, module) {
    var BlockedKeys = require_BlockedKeys2();
    var RateLimiterRes2 = require_RateLimiterRes();
    var RateLimiterInsuredAbstract = require_RateLimiterInsuredAbstract();
    module.exports = class RateLimiterStoreAbstract extends RateLimiterInsuredAbstract {
      /**
       *
       * @param opts Object Defaults {
       *   ... see other in RateLimiterAbstract
       *   blockOnConsumed: 0, // Number of consumed points at which the key is blocked in storage for blockDuration
       *   inMemoryBlockOnConsumed: 40, // Number of points when key is blocked
       *   inMemoryBlockDuration: 10, // Block duration in seconds
       *   insuranceLimiter: RateLimiterAbstract
       * }
       */
      constructor(opts = {}) {
        super(opts);
        this.blockOnConsumed = opts.blockOnConsumed;
        this.inMemoryBlockOnConsumed = opts.inMemoryBlockOnConsumed;
        this.inMemoryBlockDuration = opts.inMemoryBlockDuration;
        this._inMemoryBlockedKeys = new BlockedKeys();
      }
      get client() {
        return this._client;
      }
      set client(value) {
        if (typeof value === "undefined") {
          throw new Error("storeClient is not set");
        }
        this._client = value;
      }
      /**
       * Have to be launched after consume
       * It blocks key and execute evenly depending on result from store
       *
       * It uses _getRateLimiterRes function to prepare RateLimiterRes from store result
       *
       * @param resolve
       * @param reject
       * @param rlKey
       * @param changedPoints
       * @param storeResult
       * @param {Object} options
       * @private
       */
      _afterConsume(resolve, reject, rlKey, changedPoints, storeResult, options = {}) {
        const res = this._getRateLimiterRes(rlKey, changedPoints, storeResult);
        if (this.inMemoryBlockOnConsumed > 0 && !(this.inMemoryBlockDuration > 0) && res.consumedPoints >= this.inMemoryBlockOnConsumed) {
          this._inMemoryBlockedKeys.addMs(rlKey, res.msBeforeNext);
          if (res.consumedPoints > this.points) {
            return reject(res);
          } else {
            return resolve(res);
          }
        } else if (res.consumedPoints > this.points) {
          let blockPromise = Promise.resolve();
          if (this.blockDuration > 0 && this._crossedBlockThreshold(res.consumedPoints, changedPoints)) {
            res.msBeforeNext = this.msBlockDuration;
            blockPromise = this._block(rlKey, res.consumedPoints, this.msBlockDuration, options);
          }
          if (this.inMemoryBlockOnConsumed > 0 && res.consumedPoints >= this.inMemoryBlockOnConsumed) {
            this._inMemoryBlockedKeys.add(rlKey, this.inMemoryBlockDuration);
            res.msBeforeNext = this.msInMemoryBlockDuration;
          }
          blockPromise.then(() => {
            reject(res);
          }).catch((err) => {
            reject(err);
          });
        } else if (this.execEvenly && this.points > 0 && res.msBeforeNext > 0 && !res.isFirstInDuration) {
          let delay = Math.ceil(res.msBeforeNext / (res.remainingPoints + 2));
          if (delay < this.execEvenlyMinDelayMs) {
            delay = res.consumedPoints * this.execEvenlyMinDelayMs;
          }
          res.msBeforeNext = Math.max(res.msBeforeNext - delay, 0);
          setTimeout(resolve, delay, res);
        } else {
          resolve(res);
        }
      }
      /**
       * True when blockOnConsumed is set and greater than points.
       * 0 means off, so it must not be treated as a threshold when points is negative.
       */
      _isBlockOnConsumedEnabled() {
        return this.blockOnConsumed > 0 && this.blockOnConsumed > this.points;
      }
      /**
       * True when this consume is the one that crossed the storage blocking threshold.
       * Without blockOnConsumed (or when it equals points) it is the original condition:
       * the consume that first exceeded points.
       */
      _crossedBlockThreshold(consumedPoints, changedPoints) {
        if (!this._isBlockOnConsumedEnabled()) {
          return consumedPoints > this.points && consumedPoints <= this.points + changedPoints;
        }
        return consumedPoints >= this.blockOnConsumed && consumedPoints - changedPoints < this.blockOnConsumed;
      }
      getInMemoryBlockMsBeforeExpire(rlKey) {
        if (this.inMemoryBlockOnConsumed > 0) {
          return this._inMemoryBlockedKeys.msBeforeExpire(rlKey);
        }
        return 0;
      }
      get blockOnConsumed() {
        return this._blockOnConsumed;
      }
      set blockOnConsumed(value) {
        this._blockOnConsumed = value ? parseInt(value) : 0;
        if (this._blockOnConsumed > 0 && this.points > this._blockOnConsumed) {
          throw new Error('blockOnConsumed option must be greater or equal "points" option');
        }
      }
      get inMemoryBlockOnConsumed() {
        return this._inMemoryBlockOnConsumed;
      }
      set inMemoryBlockOnConsumed(value) {
        this._inMemoryBlockOnConsumed = value ? parseInt(value) : 0;
        if (this.inMemoryBlockOnConsumed > 0 && this.points > this.inMemoryBlockOnConsumed) {
          throw new Error('inMemoryBlockOnConsumed option must be greater or equal "points" option');
        }
      }
      get inMemoryBlockDuration() {
        return this._inMemoryBlockDuration;
      }
      set inMemoryBlockDuration(value) {
        this._inMemoryBlockDuration = value ? parseInt(value) : 0;
        if (this.inMemoryBlockDuration > 0 && this.inMemoryBlockOnConsumed === 0) {
          throw new Error("inMemoryBlockOnConsumed option must be set up");
        }
      }
      get msInMemoryBlockDuration() {
        return this._inMemoryBlockDuration * 1e3;
      }
      _getBlockedPoints() {
        return this._isBlockOnConsumedEnabled() ? this.blockOnConsumed : this.points + 1;
      }
      /**
       * Block any key for secDuration seconds
       *
       * @param key
       * @param secDuration
       * @param {Object} options
       *
       * @return Promise<RateLimiterRes>
       */
      block(key, secDuration, options = {}) {
        const msDuration = secDuration * 1e3;
        return this._block(this.getKey(key), this._getBlockedPoints(), msDuration, options);
      }
      /**
       * Set points by key for any duration
       *
       * @param key
       * @param points
       * @param secDuration
       * @param {Object} options
       *
       * @return Promise<RateLimiterRes>
       */
      set(key, points, secDuration, options = {}) {
        const msDuration = (secDuration >= 0 ? secDuration : this.duration) * 1e3;
        return this._set(this.getKey(key), points, msDuration, options);
      }
      /**
       *
       * @param key
       * @param pointsToConsume
       * @param {Object} options
       * @returns Promise<RateLimiterRes>
       */
      _consume(key, pointsToConsume = 1, options = {}) {
        return new Promise((resolve, reject) => {
          const rlKey = this.getKey(key);
          const inMemoryBlockMsBeforeExpire = this.getInMemoryBlockMsBeforeExpire(rlKey);
          if (inMemoryBlockMsBeforeExpire > 0) {
            return reject(new RateLimiterRes2(0, inMemoryBlockMsBeforeExpire));
          }
          this._upsert(rlKey, pointsToConsume, this._getKeySecDuration(options) * 1e3, false, options).then((res) => {
            this._afterConsume(resolve, reject, rlKey, pointsToConsume, res);
          }).catch((err) => reject(err));
        });
      }
      /**
       *
       * @param key
       * @param points
       * @param {Object} options
       * @returns Promise<RateLimiterRes>
       */
      _penalty(key, points = 1, options = {}) {
        const rlKey = this.getKey(key);
        return new Promise((resolve, reject) => {
          this._upsert(rlKey, points, this._getKeySecDuration(options) * 1e3, false, options).then((res) => {
            resolve(this._getRateLimiterRes(rlKey, points, res));
          }).catch((res) => reject(res));
        });
      }
      /**
       *
       * @param key
       * @param points
       * @param {Object} options
       * @returns Promise<RateLimiterRes>
       */
      _reward(key, points = 1, options = {}) {
        const rlKey = this.getKey(key);
        return new Promise((resolve, reject) => {
          this._upsert(rlKey, -points, this._getKeySecDuration(options) * 1e3, false, options).then((res) => {
            resolve(this._getRateLimiterRes(rlKey, -points, res));
          }).catch((res) => reject(res));
        });
      }
      /**
       *
       * @param key
       * @param {Object} options
       * @returns Promise<RateLimiterRes>|null
       */
      get(key, options = {}) {
        const rlKey = this.getKey(key);
        return new Promise((resolve, reject) => {
          this._get(rlKey, options).then((res) => {
            if (res === null || typeof res === "undefined") {
              resolve(null);
            } else {
              resolve(this._getRateLimiterRes(rlKey, 0, res));
            }
          }).catch((err) => {
            this._handleError(err, "get", resolve, reject, [key, options]);
          });
        });
      }
      /**
       *
       * @param key
       * @param {Object} options
       * @returns Promise<boolean>
       */
      delete(key, options = {}) {
        const rlKey = this.getKey(key);
        return new Promise((resolve, reject) => {
          this._delete(rlKey, options).then((res) => {
            this._inMemoryBlockedKeys.delete(rlKey);
            resolve(res);
          }).catch((err) => {
            this._handleError(err, "delete", resolve, reject, [key, options]);
          });
        });
      }
      /**
       * Cleanup keys no-matter expired or not.
       */
      deleteInMemoryBlockedAll() {
        this._inMemoryBlockedKeys.delete();
      }
      /**
       * Get RateLimiterRes object filled depending on storeResult, which specific for exact store
       *
       * @param rlKey
       * @param changedPoints
       * @param storeResult
       * @private
       */
      _getRateLimiterRes(rlKey, changedPoints, storeResult) {
        throw new Error("You have to implement the method '_getRateLimiterRes'!");
      }
      /**
       * Block key for this.msBlockDuration milliseconds
       * Usually, it just prolongs lifetime of key
       *
       * @param rlKey
       * @param initPoints
       * @param msDuration
       * @param {Object} options
       *
       * @return Promise<any>
       */
      _block(rlKey, initPoints, msDuration, options = {}) {
        return new Promise((resolve, reject) => {
          this._upsert(rlKey, initPoints, msDuration, true, options).then(() => {
            resolve(new RateLimiterRes2(0, msDuration > 0 ? msDuration : -1, initPoints));
          }).catch((err) => {
            this._handleError(err, "block", resolve, reject, [this.parseKey(rlKey), msDuration / 1e3, options]);
          });
        });
      }
      /**
       * @param rlKey
       * @param points
       * @param msDuration
       * @param {Object} options
       *
       * @return Promise<any>
       */
      _set(rlKey, points, msDuration, options = {}) {
        return new Promise((resolve, reject) => {
          this._upsert(rlKey, points, msDuration, true, options).then(() => {
            resolve(new RateLimiterRes2(0, msDuration > 0 ? msDuration : -1, points));
          }).catch((err) => {
            this._handleError(err, "set", resolve, reject, [this.parseKey(rlKey), points, msDuration / 1e3, options]);
          });
        });
      }
      /**
       * Have to be implemented in every limiter
       * Resolve with raw result from Store OR null if rlKey is not set
       * or Reject with error
       *
       * @param rlKey
       * @param {Object} options
       * @private
       *
       * @return Promise<any>
       */
      _get(rlKey, options = {}) {
        throw new Error("You have to implement the method '_get'!");
      }
      /**
       * Have to be implemented
       * Resolve with true OR false if rlKey doesn't exist
       * or Reject with error
       *
       * @param rlKey
       * @param {Object} options
       * @private
       *
       * @return Promise<any>
       */
      _delete(rlKey, options = {}) {
        throw new Error("You have to implement the method '_delete'!");
      }
      /**
       * Have to be implemented
       * Resolve with object used for {@link _getRateLimiterRes} to generate {@link RateLimiterRes}
       *
       * @param {string} rlKey
       * @param {number} points
       * @param {number} msDuration
       * @param {boolean} forceExpire
       * @param {Object} options
       * @abstract
       *
       * @return Promise<Object>
       */
      _upsert(rlKey, points, msDuration, forceExpire = false, options = {}) {
        throw new Error("You have to implement the method '_upsert'!");
      }
    };
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterRedis.js
var require_RateLimiterRedis = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterRedis.js"(exports, module) {
    var RateLimiterStoreAbstract = require_RateLimiterStoreAbstract();
    var RateLimiterRes2 = require_RateLimiterRes();
    var incrTtlLuaScript = `redis.call('set', KEYS[1], 0, 'EX', ARGV[2], 'NX') local consumed = redis.call('incrby', KEYS[1], ARGV[1]) local ttl = redis.call('pttl', KEYS[1]) if ttl == -1 then   redis.call('expire', KEYS[1], ARGV[2])   ttl = 1000 * ARGV[2] end return {consumed, ttl} `;
    var RateLimiterRedis2 = class extends RateLimiterStoreAbstract {
      /**
       *
       * @param {Object} opts
       * Defaults {
       *   ... see other in RateLimiterStoreAbstract
       *
       *   redis: RedisClient
       *   rejectIfRedisNotReady: boolean = false - reject / invoke insuranceLimiter immediately when redis connection is not "ready"
       * }
       */
      constructor(opts) {
        super(opts);
        this.client = opts.storeClient;
        this._rejectIfRedisNotReady = !!opts.rejectIfRedisNotReady;
        this._incrTtlLuaScript = opts.customIncrTtlLuaScript || incrTtlLuaScript;
        this.useRedisPackage = opts.useRedisPackage || this.client.constructor.name === "Commander" || false;
        this.useRedis3AndLowerPackage = opts.useRedis3AndLowerPackage;
        if (typeof this.client.defineCommand === "function") {
          this.client.defineCommand("rlflxIncr", {
            numberOfKeys: 1,
            lua: this._incrTtlLuaScript
          });
        }
      }
      /**
       * Prevent actual redis call if redis connection is not ready
       * Because of different connection state checks for ioredis and node-redis, only this clients would be actually checked.
       * For any other clients all the requests would be passed directly to redis client
       * @param {String} rlKey
       * @param {Boolean} isReadonly
       * @return {boolean}
       * @private
       */
      _isRedisReady(rlKey, isReadonly) {
        if (!this._rejectIfRedisNotReady) {
          return true;
        }
        if (this.client.status) {
          return this.client.status === "ready";
        }
        if (typeof this.client.isReady === "function") {
          return this.client.isReady();
        }
        if (typeof this.client.isReady === "boolean") {
          return this.client.isReady === true;
        }
        if (this.client._slots && typeof this.client._slots.getClient === "function") {
          if (typeof this.client.isOpen === "boolean" && this.client.isOpen !== true) {
            return false;
          }
          try {
            const slotClient = this.client._slots.getClient(rlKey, isReadonly);
            return slotClient && slotClient.isReady === true;
          } catch (error) {
            return false;
          }
        }
        return true;
      }
      _getRateLimiterRes(rlKey, changedPoints, result) {
        let [consumed, resTtlMs] = result;
        if (Array.isArray(consumed)) {
          [, consumed] = consumed;
          [, resTtlMs] = resTtlMs;
        }
        const res = new RateLimiterRes2();
        res.consumedPoints = parseInt(consumed);
        res.isFirstInDuration = res.consumedPoints === changedPoints;
        res.remainingPoints = Math.max(this.points - res.consumedPoints, 0);
        res.msBeforeNext = resTtlMs;
        return res;
      }
      async _upsert(rlKey, points, msDuration, forceExpire = false) {
        if (typeof points == "string") {
          if (!RegExp("^[1-9][0-9]*$").test(points)) {
            throw new Error("Consuming string different than integer values is not supported by this package");
          }
        } else if (!Number.isInteger(points)) {
          throw new Error("Consuming decimal number of points is not supported by this package");
        }
        if (!this._isRedisReady(rlKey, false)) {
          throw new Error("Redis connection is not ready");
        }
        const secDuration = Math.floor(msDuration / 1e3);
        if (forceExpire) {
          const multi = this.client.multi();
          if (secDuration > 0) {
            if (!this.useRedisPackage && !this.useRedis3AndLowerPackage) {
              multi.set(rlKey, points, "EX", secDuration);
            } else {
              multi.set(rlKey, points, { EX: secDuration });
            }
          } else {
            multi.set(rlKey, points);
          }
          if (!this.useRedisPackage && !this.useRedis3AndLowerPackage) {
            return multi.pttl(rlKey).exec(true);
          }
          return multi.pTTL(rlKey).exec(true);
        }
        if (secDuration > 0) {
          if (!this.useRedisPackage && !this.useRedis3AndLowerPackage) {
            return this.client.rlflxIncr(
              [rlKey].concat([String(points), String(secDuration), String(this.points), String(this.duration)])
            );
          }
          if (this.useRedis3AndLowerPackage) {
            return new Promise((resolve, reject) => {
              const incrCallback = function(err, result) {
                if (err) {
                  return reject(err);
                }
                return resolve(result);
              };
              if (typeof this.client.rlflxIncr === "function") {
                this.client.rlflxIncr(rlKey, points, secDuration, this.points, this.duration, incrCallback);
              } else {
                this.client.eval(this._incrTtlLuaScript, 1, rlKey, points, secDuration, this.points, this.duration, incrCallback);
              }
            });
          } else {
            return this.client.eval(this._incrTtlLuaScript, {
              keys: [rlKey],
              arguments: [String(points), String(secDuration), String(this.points), String(this.duration)]
            });
          }
        } else {
          const multi = this.client.multi();
          if (!this.useRedisPackage && !this.useRedis3AndLowerPackage) {
            return multi.incrby(rlKey, points).pttl(rlKey).exec(true);
          }
          return multi.incrBy(rlKey, points).pTTL(rlKey).exec(true);
        }
      }
      async _get(rlKey) {
        if (!this._isRedisReady(rlKey, true)) {
          throw new Error("Redis connection is not ready");
        }
        if (!this.useRedisPackage && !this.useRedis3AndLowerPackage) {
          return this.client.multi().get(rlKey).pttl(rlKey).exec().then((result) => {
            const [[, points]] = result;
            if (points === null) return null;
            return result;
          });
        }
        return this.client.multi().get(rlKey).pTTL(rlKey).exec(true).then((result) => {
          const [points] = result;
          if (points === null) return null;
          return result;
        });
      }
      _delete(rlKey) {
        return this.client.del(rlKey).then((result) => result > 0);
      }
    };
    module.exports = RateLimiterRedis2;
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterRedisNonAtomic.js
var require_RateLimiterRedisNonAtomic = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterRedisNonAtomic.js"(exports, module) {
    var RateLimiterStoreAbstract = require_RateLimiterStoreAbstract();
    var RateLimiterRes2 = require_RateLimiterRes();
    var RateLimiterRedisNonAtomic = class extends RateLimiterStoreAbstract {
      constructor(opts) {
        super(opts);
        this.client = opts.storeClient;
        this._rejectIfRedisNotReady = !!opts.rejectIfRedisNotReady;
        this.useRedisPackage = opts.useRedisPackage || this.client.constructor.name === "Commander" || false;
      }
      _isRedisReady(rlKey, isReadonly) {
        if (!this._rejectIfRedisNotReady) {
          return true;
        }
        if (this.client.status) {
          return this.client.status === "ready";
        }
        if (typeof this.client.isReady === "function") {
          return this.client.isReady();
        }
        if (typeof this.client.isReady === "boolean") {
          return this.client.isReady === true;
        }
        if (this.client._slots && typeof this.client._slots.getClient === "function") {
          if (typeof this.client.isOpen === "boolean" && this.client.isOpen !== true) {
            return false;
          }
          try {
            const slotClient = this.client._slots.getClient(rlKey, isReadonly);
            return slotClient && slotClient.isReady === true;
          } catch (error) {
            return false;
          }
        }
        return true;
      }
      _getRateLimiterRes(rlKey, changedPoints, result) {
        let [consumed, resTtlMs] = result;
        if (Array.isArray(consumed)) {
          [, consumed] = consumed;
          [, resTtlMs] = resTtlMs;
        }
        const res = new RateLimiterRes2();
        res.consumedPoints = parseInt(consumed);
        res.isFirstInDuration = res.consumedPoints === changedPoints;
        res.remainingPoints = Math.max(this.points - res.consumedPoints, 0);
        res.msBeforeNext = resTtlMs;
        return res;
      }
      _parseStoreResult(result) {
        let points;
        let ttlMs;
        if (Array.isArray(result[0])) {
          [, points] = result[0];
          [, ttlMs] = result[1];
        } else {
          [points, ttlMs] = result;
        }
        return {
          points: parseInt(points, 10),
          ttlMs
        };
      }
      _execMulti(multi) {
        return multi.exec();
      }
      _setKey(rlKey, points, secDuration) {
        const multi = this.client.multi();
        if (secDuration > 0) {
          if (!this.useRedisPackage) {
            multi.set(rlKey, points, "EX", secDuration);
          } else {
            multi.set(rlKey, points, { EX: secDuration });
          }
        } else {
          multi.set(rlKey, points);
        }
        return this._execMulti(multi);
      }
      _setKeyWithTtlMs(rlKey, points, ttlMs) {
        const multi = this.client.multi();
        multi.set(rlKey, points);
        if (ttlMs > 0) {
          if (!this.useRedisPackage) {
            multi.pexpire(rlKey, ttlMs);
          } else {
            multi.pExpire(rlKey, ttlMs);
          }
        }
        return this._execMulti(multi);
      }
      async _upsert(rlKey, points, msDuration, forceExpire = false) {
        if (typeof points == "string") {
          if (!RegExp("^[1-9][0-9]*$").test(points)) {
            throw new Error("Consuming string different than integer values is not supported by this package");
          }
        } else if (!Number.isInteger(points)) {
          throw new Error("Consuming decimal number of points is not supported by this package");
        }
        if (!this._isRedisReady(rlKey, false)) {
          throw new Error("Redis connection is not ready");
        }
        const parsedPoints = typeof points === "string" ? parseInt(points, 10) : points;
        const secDuration = Math.floor(msDuration / 1e3);
        if (forceExpire) {
          await this._setKey(rlKey, parsedPoints, secDuration);
          return [parsedPoints, secDuration > 0 ? secDuration * 1e3 : -1];
        }
        const currentResult = await this._get(rlKey);
        const hasCurrent = currentResult !== null;
        const current = hasCurrent ? this._parseStoreResult(currentResult) : { points: 0, ttlMs: -1 };
        const newPoints = current.points + parsedPoints;
        if (secDuration > 0) {
          if (!hasCurrent) {
            await this._setKey(rlKey, newPoints, secDuration);
            return [newPoints, secDuration * 1e3];
          }
          if (current.ttlMs <= 0) {
            await this._setKey(rlKey, newPoints, secDuration);
            return [newPoints, secDuration * 1e3];
          }
          await this._setKeyWithTtlMs(rlKey, newPoints, current.ttlMs);
          return [newPoints, current.ttlMs];
        }
        await this._setKey(rlKey, newPoints, 0);
        return [newPoints, -1];
      }
      async _get(rlKey) {
        if (!this._isRedisReady(rlKey, true)) {
          throw new Error("Redis connection is not ready");
        }
        const multi = this.client.multi().get(rlKey);
        if (!this.useRedisPackage) {
          multi.pttl(rlKey);
        } else {
          multi.pTTL(rlKey);
        }
        return this._execMulti(multi).then((result) => {
          if (Array.isArray(result[0])) {
            const [, points2] = result[0];
            if (points2 === null) return null;
            return result;
          }
          const [points] = result;
          if (points === null) return null;
          return result;
        });
      }
      _delete(rlKey) {
        return this.client.del(rlKey).then((result) => result > 0);
      }
    };
    module.exports = RateLimiterRedisNonAtomic;
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterMongo.js
var require_RateLimiterMongo = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterMongo.js"(exports, module) {
    var RateLimiterStoreAbstract = require_RateLimiterStoreAbstract();
    var RateLimiterRes2 = require_RateLimiterRes();
    var RateLimiterMongo = class _RateLimiterMongo extends RateLimiterStoreAbstract {
      /**
       *
       * @param {Object} opts
       * Defaults {
       *   indexKeyPrefix: {attr1: 1, attr2: 1}
       *   ... see other in RateLimiterStoreAbstract
       *
       *   mongo: MongoClient
       * }
       */
      constructor(opts) {
        super(opts);
        this.dbName = opts.dbName;
        this.tableName = opts.tableName;
        this.indexKeyPrefix = opts.indexKeyPrefix;
        this.disableIndexesCreation = opts.disableIndexesCreation;
        if (opts.mongo) {
          this.client = opts.mongo;
        } else {
          this.client = opts.storeClient;
        }
        if (typeof this.client.then === "function") {
          this.client.then((conn) => {
            this.client = conn;
            this._initCollection();
          });
        } else {
          this._initCollection();
        }
      }
      get dbName() {
        return this._dbName;
      }
      set dbName(value) {
        this._dbName = typeof value === "undefined" ? _RateLimiterMongo.getDbName() : value;
      }
      static getDbName() {
        return "node-rate-limiter-flexible";
      }
      get tableName() {
        return this._tableName;
      }
      set tableName(value) {
        this._tableName = typeof value === "undefined" ? this.keyPrefix : value;
      }
      get client() {
        return this._client;
      }
      set client(value) {
        if (typeof value === "undefined") {
          throw new Error("mongo is not set");
        }
        this._client = value;
      }
      get indexKeyPrefix() {
        return this._indexKeyPrefix;
      }
      set indexKeyPrefix(obj) {
        this._indexKeyPrefix = obj || {};
      }
      get disableIndexesCreation() {
        return this._disableIndexesCreation;
      }
      set disableIndexesCreation(value) {
        this._disableIndexesCreation = !!value;
      }
      async createIndexes() {
        const db = typeof this.client.db === "function" ? this.client.db(this.dbName) : this.client;
        const collection = db.collection(this.tableName);
        await collection.createIndex({ expire: -1 }, { expireAfterSeconds: 0 });
        await collection.createIndex(Object.assign({}, this.indexKeyPrefix, { key: 1 }), { unique: true });
      }
      _initCollection() {
        const db = typeof this.client.db === "function" ? this.client.db(this.dbName) : this.client;
        const collection = db.collection(this.tableName);
        if (!this.disableIndexesCreation) {
          this.createIndexes().catch((err) => {
            console.error(`Cannot create indexes for mongo collection ${this.tableName}`, err);
          });
        }
        this._collection = collection;
      }
      _getRateLimiterRes(rlKey, changedPoints, result) {
        const res = new RateLimiterRes2();
        let doc;
        if (typeof result.value === "undefined") {
          doc = result;
        } else {
          doc = result.value;
        }
        res.isFirstInDuration = doc.points === changedPoints;
        res.consumedPoints = doc.points;
        res.remainingPoints = Math.max(this.points - res.consumedPoints, 0);
        res.msBeforeNext = doc.expire !== null ? Math.max(new Date(doc.expire).getTime() - Date.now(), 0) : -1;
        return res;
      }
      _upsert(key, points, msDuration, forceExpire = false, options = {}) {
        if (!this._collection) {
          return Promise.reject(Error("Mongo connection is not established"));
        }
        const docAttrs = options.attrs || {};
        let where;
        let upsertData;
        if (forceExpire) {
          where = { key };
          where = Object.assign(where, docAttrs);
          upsertData = {
            $set: {
              key,
              points,
              expire: msDuration > 0 ? new Date(Date.now() + msDuration) : null
            }
          };
          upsertData.$set = Object.assign(upsertData.$set, docAttrs);
        } else {
          where = {
            $or: [
              { expire: { $gt: /* @__PURE__ */ new Date() } },
              { expire: { $eq: null } }
            ],
            key
          };
          where = Object.assign(where, docAttrs);
          upsertData = {
            $setOnInsert: {
              key,
              expire: msDuration > 0 ? new Date(Date.now() + msDuration) : null
            },
            $inc: { points }
          };
          upsertData.$setOnInsert = Object.assign(upsertData.$setOnInsert, docAttrs);
        }
        const upsertOptions = {
          upsert: true,
          returnDocument: "after"
        };
        return new Promise((resolve, reject) => {
          this._collection.findOneAndUpdate(
            where,
            upsertData,
            upsertOptions
          ).then((res) => {
            resolve(res);
          }).catch((errUpsert) => {
            if (errUpsert && errUpsert.code === 11e3) {
              const replaceWhere = Object.assign({
                // try to replace OLD limit doc
                $or: [
                  { expire: { $lte: /* @__PURE__ */ new Date() } },
                  { expire: { $eq: null } }
                ],
                key
              }, docAttrs);
              const replaceTo = {
                $set: Object.assign({
                  key,
                  points,
                  expire: msDuration > 0 ? new Date(Date.now() + msDuration) : null
                }, docAttrs)
              };
              this._collection.findOneAndUpdate(
                replaceWhere,
                replaceTo,
                upsertOptions
              ).then((res) => {
                resolve(res);
              }).catch((errReplace) => {
                if (errReplace && errReplace.code === 11e3) {
                  this._upsert(key, points, msDuration, forceExpire).then((res) => resolve(res)).catch((err) => reject(err));
                } else {
                  reject(errReplace);
                }
              });
            } else {
              reject(errUpsert);
            }
          });
        });
      }
      _get(rlKey, options = {}) {
        if (!this._collection) {
          return Promise.reject(Error("Mongo connection is not established"));
        }
        const docAttrs = options.attrs || {};
        const where = Object.assign({
          key: rlKey,
          $or: [
            { expire: { $gt: /* @__PURE__ */ new Date() } },
            { expire: { $eq: null } }
          ]
        }, docAttrs);
        return this._collection.findOne(where);
      }
      _delete(rlKey, options = {}) {
        if (!this._collection) {
          return Promise.reject(Error("Mongo connection is not established"));
        }
        const docAttrs = options.attrs || {};
        const where = Object.assign({ key: rlKey }, docAttrs);
        return this._collection.deleteOne(where).then((res) => res.deletedCount > 0);
      }
    };
    module.exports = RateLimiterMongo;
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterMySQL.js
var require_RateLimiterMySQL = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterMySQL.js"(exports, module) {
    var RateLimiterStoreAbstract = require_RateLimiterStoreAbstract();
    var RateLimiterRes2 = require_RateLimiterRes();
    var RateLimiterMySQL = class extends RateLimiterStoreAbstract {
      /**
       * @callback callback
       * @param {Object} err
       *
       * @param {Object} opts
       * @param {callback} cb
       * Defaults {
       *   ... see other in RateLimiterStoreAbstract
       *
       *   storeClient: anySqlClient,
       *   storeType: 'knex', // required only for Knex instance
       *   dbName: 'string',
       *   tableName: 'string',
       * }
       */
      constructor(opts, cb = null) {
        super(opts);
        this.client = opts.storeClient;
        this.clientType = opts.storeType;
        this.dbName = opts.dbName;
        this.tableName = opts.tableName;
        this.clearExpiredByTimeout = opts.clearExpiredByTimeout;
        this.tableCreated = opts.tableCreated;
        if (!this.tableCreated) {
          this._createDbAndTable().then(() => {
            this.tableCreated = true;
            if (this.clearExpiredByTimeout) {
              this._clearExpiredHourAgo();
            }
            if (typeof cb === "function") {
              cb();
            }
          }).catch((err) => {
            if (typeof cb === "function") {
              cb(err);
            } else {
              throw err;
            }
          });
        } else {
          if (this.clearExpiredByTimeout) {
            this._clearExpiredHourAgo();
          }
          if (typeof cb === "function") {
            cb();
          }
        }
      }
      clearExpired(expire) {
        return new Promise((resolve) => {
          this._getConnection().then((conn) => {
            conn.query(`DELETE FROM ??.?? WHERE expire < ?`, [this.dbName, this.tableName, expire], () => {
              this._releaseConnection(conn);
              resolve();
            });
          }).catch(() => {
            resolve();
          });
        });
      }
      _clearExpiredHourAgo() {
        if (this._clearExpiredTimeoutId) {
          clearTimeout(this._clearExpiredTimeoutId);
        }
        this._clearExpiredTimeoutId = setTimeout(() => {
          this.clearExpired(Date.now() - 36e5).then(() => {
            this._clearExpiredHourAgo();
          });
        }, 3e5);
        this._clearExpiredTimeoutId.unref();
      }
      /**
       *
       * @return Promise<any>
       * @private
       */
      _getConnection() {
        switch (this.clientType) {
          case "pool":
            return new Promise((resolve, reject) => {
              this.client.getConnection((errConn, conn) => {
                if (errConn) {
                  return reject(errConn);
                }
                resolve(conn);
              });
            });
          case "sequelize":
            return this._getSequelizeConnectionManager().getConnection();
          case "knex":
            return this.client.client.acquireConnection();
          default:
            return Promise.resolve(this.client);
        }
      }
      _releaseConnection(conn) {
        switch (this.clientType) {
          case "pool":
            return conn.release();
          case "sequelize":
            return this._getSequelizeConnectionManager().releaseConnection(conn);
          case "knex":
            return this.client.client.releaseConnection(conn);
          default:
            return true;
        }
      }
      _getSequelizeConnectionManager() {
        let connectionManager;
        let originalError;
        try {
          connectionManager = this.client.connectionManager;
        } catch (err) {
          originalError = err;
        }
        if (connectionManager) {
          return connectionManager;
        }
        if (this.client.dialect && this.client.dialect.connectionManager) {
          return this.client.dialect.connectionManager;
        }
        if (originalError) {
          throw originalError;
        }
        throw new Error("Sequelize connection manager is not available");
      }
      /**
       *
       * @returns {Promise<any>}
       * @private
       */
      _createDbAndTable() {
        return new Promise((resolve, reject) => {
          this._getConnection().then((conn) => {
            conn.query(`CREATE DATABASE IF NOT EXISTS \`${this.dbName}\`;`, (errDb) => {
              if (errDb) {
                this._releaseConnection(conn);
                return reject(errDb);
              }
              conn.query(this._getCreateTableStmt(), (err) => {
                if (err) {
                  this._releaseConnection(conn);
                  return reject(err);
                }
                this._releaseConnection(conn);
                resolve();
              });
            });
          }).catch((err) => {
            reject(err);
          });
        });
      }
      _getCreateTableStmt() {
        return `CREATE TABLE IF NOT EXISTS \`${this.dbName}\`.\`${this.tableName}\` (\`key\` VARCHAR(255) CHARACTER SET utf8 NOT NULL,\`points\` INT(9) NOT NULL default 0,\`expire\` BIGINT UNSIGNED,PRIMARY KEY (\`key\`)) ENGINE = INNODB;`;
      }
      get clientType() {
        return this._clientType;
      }
      set clientType(value) {
        if (typeof value === "undefined") {
          if (this.client.constructor.name === "Connection") {
            value = "connection";
          } else if (this.client.constructor.name === "Pool") {
            value = "pool";
          } else if (this.client.constructor.name === "Sequelize") {
            value = "sequelize";
          } else {
            throw new Error("storeType is not defined");
          }
        }
        this._clientType = value.toLowerCase();
      }
      get dbName() {
        return this._dbName;
      }
      set dbName(value) {
        this._dbName = typeof value === "undefined" ? "rtlmtrflx" : value;
      }
      get tableName() {
        return this._tableName;
      }
      set tableName(value) {
        this._tableName = typeof value === "undefined" ? this.keyPrefix : value;
      }
      get tableCreated() {
        return this._tableCreated;
      }
      set tableCreated(value) {
        this._tableCreated = typeof value === "undefined" ? false : !!value;
      }
      get clearExpiredByTimeout() {
        return this._clearExpiredByTimeout;
      }
      set clearExpiredByTimeout(value) {
        this._clearExpiredByTimeout = typeof value === "undefined" ? true : Boolean(value);
      }
      _getRateLimiterRes(rlKey, changedPoints, result) {
        const res = new RateLimiterRes2();
        const [row] = result;
        res.isFirstInDuration = changedPoints === row.points;
        res.consumedPoints = res.isFirstInDuration ? changedPoints : row.points;
        res.remainingPoints = Math.max(this.points - res.consumedPoints, 0);
        res.msBeforeNext = row.expire ? Math.max(row.expire - Date.now(), 0) : -1;
        return res;
      }
      _upsertTransaction(conn, key, points, msDuration, forceExpire) {
        return new Promise((resolve, reject) => {
          conn.query("BEGIN", (errBegin) => {
            if (errBegin) {
              conn.rollback();
              return reject(errBegin);
            }
            const dateNow = Date.now();
            const newExpire = msDuration > 0 ? dateNow + msDuration : null;
            let q2;
            let values;
            if (forceExpire) {
              q2 = `INSERT INTO ??.?? VALUES (?, ?, ?)
          ON DUPLICATE KEY UPDATE 
            points = ?, 
            expire = ?;`;
              values = [
                this.dbName,
                this.tableName,
                key,
                points,
                newExpire,
                points,
                newExpire
              ];
            } else {
              q2 = `INSERT INTO ??.?? VALUES (?, ?, ?)
          ON DUPLICATE KEY UPDATE 
            points = IF(expire <= ?, ?, points + (?)), 
            expire = IF(expire <= ?, ?, expire);`;
              values = [
                this.dbName,
                this.tableName,
                key,
                points,
                newExpire,
                dateNow,
                points,
                points,
                dateNow,
                newExpire
              ];
            }
            conn.query(q2, values, (errUpsert) => {
              if (errUpsert) {
                conn.rollback();
                return reject(errUpsert);
              }
              conn.query("SELECT points, expire FROM ??.?? WHERE `key` = ?;", [this.dbName, this.tableName, key], (errSelect, res) => {
                if (errSelect) {
                  conn.rollback();
                  return reject(errSelect);
                }
                conn.query("COMMIT", (err) => {
                  if (err) {
                    conn.rollback();
                    return reject(err);
                  }
                  resolve(res);
                });
              });
            });
          });
        });
      }
      _upsert(key, points, msDuration, forceExpire = false) {
        if (!this.tableCreated) {
          return Promise.reject(Error("Table is not created yet"));
        }
        return new Promise((resolve, reject) => {
          this._getConnection().then((conn) => {
            this._upsertTransaction(conn, key, points, msDuration, forceExpire).then((res) => {
              resolve(res);
              this._releaseConnection(conn);
            }).catch((err) => {
              reject(err);
              this._releaseConnection(conn);
            });
          }).catch((err) => {
            reject(err);
          });
        });
      }
      _get(rlKey) {
        if (!this.tableCreated) {
          return Promise.reject(Error("Table is not created yet"));
        }
        return new Promise((resolve, reject) => {
          this._getConnection().then((conn) => {
            conn.query(
              "SELECT points, expire FROM ??.?? WHERE `key` = ? AND (`expire` > ? OR `expire` IS NULL)",
              [this.dbName, this.tableName, rlKey, Date.now()],
              (err, res) => {
                if (err) {
                  reject(err);
                } else if (res.length === 0) {
                  resolve(null);
                } else {
                  resolve(res);
                }
                this._releaseConnection(conn);
              }
              // eslint-disable-line
            );
          }).catch((err) => {
            reject(err);
          });
        });
      }
      _delete(rlKey) {
        if (!this.tableCreated) {
          return Promise.reject(Error("Table is not created yet"));
        }
        return new Promise((resolve, reject) => {
          this._getConnection().then((conn) => {
            conn.query(
              "DELETE FROM ??.?? WHERE `key` = ?",
              [this.dbName, this.tableName, rlKey],
              (err, res) => {
                if (err) {
                  reject(err);
                } else {
                  resolve(res.affectedRows > 0);
                }
                this._releaseConnection(conn);
              }
              // eslint-disable-line
            );
          }).catch((err) => {
            reject(err);
          });
        });
      }
    };
    module.exports = RateLimiterMySQL;
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterPostgres.js
var require_RateLimiterPostgres = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterPostgres.js"(exports, module) {
    var RateLimiterStoreAbstract = require_RateLimiterStoreAbstract();
    var RateLimiterRes2 = require_RateLimiterRes();
    var RateLimiterPostgres = class extends RateLimiterStoreAbstract {
      /**
       * @callback callback
       * @param {Object} err
       *
       * @param {Object} opts
       * @param {callback} cb
       * Defaults {
       *   ... see other in RateLimiterStoreAbstract
       *
       *   storeClient: postgresClient,
       *   storeType: 'knex', // required only for Knex instance
       *   tableName: 'string',
       *   schemaName: 'string', // optional
       * }
       */
      constructor(opts, cb = null) {
        super(opts);
        this.client = opts.storeClient;
        this.clientType = opts.storeType;
        this.tableName = opts.tableName;
        this.schemaName = opts.schemaName;
        this.clearExpiredByTimeout = opts.clearExpiredByTimeout;
        this.tableCreated = opts.tableCreated;
        if (!this.tableCreated) {
          this._createTable().then(() => {
            this.tableCreated = true;
            if (this.clearExpiredByTimeout) {
              this._clearExpiredHourAgo();
            }
            if (typeof cb === "function") {
              cb();
            }
          }).catch((err) => {
            if (typeof cb === "function") {
              cb(err);
            } else {
              throw err;
            }
          });
        } else {
          if (this.clearExpiredByTimeout) {
            this._clearExpiredHourAgo();
          }
          if (typeof cb === "function") {
            cb();
          }
        }
      }
      _getTableIdentifier() {
        return this.schemaName ? `"${this.schemaName}"."${this.tableName}"` : `"${this.tableName}"`;
      }
      clearExpired(expire) {
        return new Promise((resolve) => {
          const q2 = {
            name: "rlflx-clear-expired",
            text: `DELETE FROM ${this._getTableIdentifier()} WHERE expire < $1`,
            values: [expire]
          };
          this._query(q2).then(() => {
            resolve();
          }).catch(() => {
            resolve();
          });
        });
      }
      /**
       * Delete all rows expired 1 hour ago once per 5 minutes
       *
       * @private
       */
      _clearExpiredHourAgo() {
        if (this._clearExpiredTimeoutId) {
          clearTimeout(this._clearExpiredTimeoutId);
        }
        this._clearExpiredTimeoutId = setTimeout(() => {
          this.clearExpired(Date.now() - 36e5).then(() => {
            this._clearExpiredHourAgo();
          });
        }, 3e5);
        this._clearExpiredTimeoutId.unref();
      }
      /**
       *
       * @return Promise<any>
       * @private
       */
      _getConnection() {
        switch (this.clientType) {
          case "pool":
            return Promise.resolve(this.client);
          case "sequelize":
            return this._getSequelizeConnectionManager().getConnection();
          case "knex":
            return this.client.client.acquireConnection();
          case "typeorm":
            return Promise.resolve(this.client.driver.master);
          default:
            return Promise.resolve(this.client);
        }
      }
      _releaseConnection(conn) {
        switch (this.clientType) {
          case "pool":
            return true;
          case "sequelize":
            return this._getSequelizeConnectionManager().releaseConnection(conn);
          case "knex":
            return this.client.client.releaseConnection(conn);
          case "typeorm":
            return true;
          default:
            return true;
        }
      }
      _getSequelizeConnectionManager() {
        let connectionManager;
        let accessError;
        try {
          connectionManager = this.client.connectionManager;
        } catch (err) {
          accessError = err;
        }
        if (connectionManager) {
          return connectionManager;
        }
        if (this.client.dialect && this.client.dialect.connectionManager) {
          return this.client.dialect.connectionManager;
        }
        if (accessError) {
          throw accessError;
        }
        throw new Error("Sequelize connection manager is not available");
      }
      /**
       *
       * @returns {Promise<any>}
       * @private
       */
      _createTable() {
        return new Promise((resolve, reject) => {
          this._query({
            text: this._getCreateTableStmt()
          }).then(() => {
            resolve();
          }).catch((err) => {
            if (err.code === "23505") {
              resolve();
            } else {
              reject(err);
            }
          });
        });
      }
      _getCreateTableStmt() {
        return `CREATE TABLE IF NOT EXISTS ${this._getTableIdentifier()} (
      key varchar(255) PRIMARY KEY,
      points integer NOT NULL DEFAULT 0,
      expire bigint
    );`;
      }
      get clientType() {
        return this._clientType;
      }
      set clientType(value) {
        const constructorName = this.client.constructor.name;
        if (typeof value === "undefined") {
          if (constructorName === "Client") {
            value = "client";
          } else if (constructorName === "Pool" || constructorName === "BoundPool") {
            value = "pool";
          } else if (constructorName === "Sequelize") {
            value = "sequelize";
          } else {
            throw new Error("storeType is not defined");
          }
        }
        this._clientType = value.toLowerCase();
      }
      get tableName() {
        return this._tableName;
      }
      set tableName(value) {
        this._tableName = typeof value === "undefined" ? this.keyPrefix : value;
      }
      get schemaName() {
        return this._schemaName;
      }
      set schemaName(value) {
        this._schemaName = value;
      }
      get tableCreated() {
        return this._tableCreated;
      }
      set tableCreated(value) {
        this._tableCreated = typeof value === "undefined" ? false : !!value;
      }
      get clearExpiredByTimeout() {
        return this._clearExpiredByTimeout;
      }
      set clearExpiredByTimeout(value) {
        this._clearExpiredByTimeout = typeof value === "undefined" ? true : Boolean(value);
      }
      _getRateLimiterRes(rlKey, changedPoints, result) {
        const res = new RateLimiterRes2();
        const row = result.rows[0];
        res.isFirstInDuration = changedPoints === row.points;
        res.consumedPoints = res.isFirstInDuration ? changedPoints : row.points;
        res.remainingPoints = Math.max(this.points - res.consumedPoints, 0);
        res.msBeforeNext = row.expire ? Math.max(row.expire - Date.now(), 0) : -1;
        return res;
      }
      _query(q2) {
        const prefix = this.tableName.toLowerCase();
        const queryObj = { text: q2.text, values: q2.values };
        if (q2.name) {
          queryObj.name = `${prefix}:${q2.name}`;
        }
        return new Promise((resolve, reject) => {
          this._getConnection().then((conn) => {
            conn.query(queryObj).then((res) => {
              resolve(res);
              this._releaseConnection(conn);
            }).catch((err) => {
              reject(err);
              this._releaseConnection(conn);
            });
          }).catch((err) => {
            reject(err);
          });
        });
      }
      _upsert(key, points, msDuration, forceExpire = false) {
        if (!this.tableCreated) {
          return Promise.reject(Error("Table is not created yet"));
        }
        const newExpire = msDuration > 0 ? Date.now() + msDuration : null;
        const expireQ = forceExpire ? " $3 " : ` CASE
             WHEN ${this._getTableIdentifier()}.expire <= $4 THEN $3
             ELSE ${this._getTableIdentifier()}.expire
            END `;
        return this._query({
          name: forceExpire ? "rlflx-upsert-force" : "rlflx-upsert",
          text: `
            INSERT INTO ${this._getTableIdentifier()} VALUES ($1, $2, $3)
              ON CONFLICT(key) DO UPDATE SET
                points = CASE
                          WHEN (${this._getTableIdentifier()}.expire <= $4 OR 1=${forceExpire ? 1 : 0}) THEN $2
                          ELSE ${this._getTableIdentifier()}.points + ($2)
                         END,
                expire = ${expireQ}
            RETURNING points, expire;`,
          values: [key, points, newExpire, Date.now()]
        });
      }
      _get(rlKey) {
        if (!this.tableCreated) {
          return Promise.reject(Error("Table is not created yet"));
        }
        return new Promise((resolve, reject) => {
          this._query({
            name: "rlflx-get",
            text: `
            SELECT points, expire FROM ${this._getTableIdentifier()} WHERE key = $1 AND (expire > $2 OR expire IS NULL);`,
            values: [rlKey, Date.now()]
          }).then((res) => {
            if (res.rowCount === 0) {
              res = null;
            }
            resolve(res);
          }).catch((err) => {
            reject(err);
          });
        });
      }
      _delete(rlKey) {
        if (!this.tableCreated) {
          return Promise.reject(Error("Table is not created yet"));
        }
        return this._query({
          name: "rlflx-delete",
          text: `DELETE FROM ${this._getTableIdentifier()} WHERE key = $1`,
          values: [rlKey]
        }).then((res) => res.rowCount > 0);
      }
    };
    module.exports = RateLimiterPostgres;
  }
});

// node_modules/rate-limiter-flexible/lib/component/MemoryStorage/Record.js
var require_Record = __commonJS({
  "node_modules/rate-limiter-flexible/lib/component/MemoryStorage/Record.js"(exports, module) {
    module.exports = class Record {
      /**
       *
       * @param value int
       * @param expiresAt Number|Date
       * @param timeoutId
       */
      constructor(value, expiresAt, timeoutId = null) {
        this.value = value;
        this.expiresAt = expiresAt;
        this.timeoutId = timeoutId;
      }
      get value() {
        return this._value;
      }
      set value(value) {
        this._value = parseInt(value, 10);
      }
      get expiresAt() {
        return this._expiresAt;
      }
      set expiresAt(value) {
        if (value instanceof Date) {
          this._expiresAt = value.getTime();
        } else {
          this._expiresAt = value;
        }
      }
      get timeoutId() {
        return this._timeoutId;
      }
      set timeoutId(value) {
        this._timeoutId = value;
      }
    };
  }
});

// node_modules/rate-limiter-flexible/lib/component/MemoryStorage/MemoryStorage.js
var require_MemoryStorage = __commonJS({
  "node_modules/rate-limiter-flexible/lib/component/MemoryStorage/MemoryStorage.js"(exports, module) {
    var Record = require_Record();
    var RateLimiterRes2 = require_RateLimiterRes();
    module.exports = class MemoryStorage {
      constructor() {
        this._storage = /* @__PURE__ */ new Map();
      }
      incrby(key, value, durationSec) {
        const record = this._storage.get(key);
        if (record) {
          const msBeforeExpires = record.expiresAt ? record.expiresAt - Date.now() : -1;
          if (!record.expiresAt || msBeforeExpires > 0) {
            record.value = record.value + value;
            return new RateLimiterRes2(0, msBeforeExpires, record.value, false);
          }
          return this.set(key, value, durationSec);
        }
        return this.set(key, value, durationSec);
      }
      set(key, value, durationSec) {
        const durationMs = durationSec * 1e3;
        const existingRecord = this._storage.get(key);
        if (existingRecord && existingRecord.timeoutId) {
          clearTimeout(existingRecord.timeoutId);
        }
        const record = new Record(
          value,
          durationMs > 0 ? Date.now() + durationMs : null
        );
        this._storage.set(key, record);
        if (durationMs > 0) {
          record.timeoutId = setTimeout(() => {
            this._storage.delete(key);
          }, durationMs);
          if (record.timeoutId.unref) {
            record.timeoutId.unref();
          }
        }
        return new RateLimiterRes2(0, durationMs === 0 ? -1 : durationMs, record.value, true);
      }
      /**
       *
       * @param key
       * @returns {*}
       */
      get(key) {
        const record = this._storage.get(key);
        if (record) {
          const msBeforeExpires = record.expiresAt ? record.expiresAt - Date.now() : -1;
          return new RateLimiterRes2(0, msBeforeExpires, record.value, false);
        }
        return null;
      }
      /**
       *
       * @param key
       * @returns {boolean}
       */
      delete(key) {
        const record = this._storage.get(key);
        if (record) {
          if (record.timeoutId) {
            clearTimeout(record.timeoutId);
          }
          this._storage.delete(key);
          return true;
        }
        return false;
      }
      /**
       * @internal
       * @param key
       * @param value
       * @param expiresAt
       */
      _restoreRecord(key, value, expiresAt) {
        const now = Date.now();
        const hasExpiresAt = expiresAt !== null;
        if (hasExpiresAt && !Number.isFinite(expiresAt)) {
          return;
        }
        if (hasExpiresAt && expiresAt <= now) {
          return;
        }
        const durationMs = hasExpiresAt ? expiresAt - now : 0;
        const existingRecord = this._storage.get(key);
        if (existingRecord && existingRecord.timeoutId) {
          clearTimeout(existingRecord.timeoutId);
        }
        const record = new Record(
          value,
          expiresAt
        );
        this._storage.set(key, record);
        if (durationMs > 0) {
          record.timeoutId = setTimeout(() => {
            this._storage.delete(key);
          }, durationMs);
          if (record.timeoutId.unref) {
            record.timeoutId.unref();
          }
        }
      }
    };
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterMemory.js
var require_RateLimiterMemory = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterMemory.js"(exports, module) {
    var RateLimiterAbstract = require_RateLimiterAbstract();
    var MemoryStorage = require_MemoryStorage();
    var RateLimiterRes2 = require_RateLimiterRes();
    var RateLimiterMemory2 = class extends RateLimiterAbstract {
      constructor(opts = {}) {
        super(opts);
        this._memoryStorage = new MemoryStorage();
      }
      /**
       *
       * @param key
       * @param pointsToConsume
       * @param {Object} options
       * @returns {Promise<RateLimiterRes>}
       */
      consume(key, pointsToConsume = 1, options = {}) {
        return new Promise((resolve, reject) => {
          const rlKey = this.getKey(key);
          const secDuration = this._getKeySecDuration(options);
          let res = this._memoryStorage.incrby(rlKey, pointsToConsume, secDuration);
          res.remainingPoints = Math.max(this.points - res.consumedPoints, 0);
          if (res.consumedPoints > this.points) {
            if (this.blockDuration > 0 && res.consumedPoints <= this.points + pointsToConsume) {
              res = this._memoryStorage.set(rlKey, res.consumedPoints, this.blockDuration);
            }
            reject(res);
          } else if (this.execEvenly && this.points > 0 && res.msBeforeNext > 0 && !res.isFirstInDuration) {
            let delay = Math.ceil(res.msBeforeNext / (res.remainingPoints + 2));
            if (delay < this.execEvenlyMinDelayMs) {
              delay = res.consumedPoints * this.execEvenlyMinDelayMs;
            }
            res.msBeforeNext = Math.max(res.msBeforeNext - delay, 0);
            setTimeout(resolve, delay, res);
          } else {
            resolve(res);
          }
        });
      }
      penalty(key, points = 1, options = {}) {
        const rlKey = this.getKey(key);
        return new Promise((resolve) => {
          const secDuration = this._getKeySecDuration(options);
          const res = this._memoryStorage.incrby(rlKey, points, secDuration);
          res.remainingPoints = Math.max(this.points - res.consumedPoints, 0);
          resolve(res);
        });
      }
      reward(key, points = 1, options = {}) {
        const rlKey = this.getKey(key);
        return new Promise((resolve) => {
          const secDuration = this._getKeySecDuration(options);
          const res = this._memoryStorage.incrby(rlKey, -points, secDuration);
          res.remainingPoints = Math.max(this.points - res.consumedPoints, 0);
          resolve(res);
        });
      }
      /**
       * Block any key for secDuration seconds
       *
       * @param key
       * @param secDuration
       */
      block(key, secDuration) {
        const msDuration = secDuration * 1e3;
        const initPoints = this.points + 1;
        this._memoryStorage.set(this.getKey(key), initPoints, secDuration);
        return Promise.resolve(
          new RateLimiterRes2(0, msDuration === 0 ? -1 : msDuration, initPoints)
        );
      }
      set(key, points, secDuration) {
        const msDuration = (secDuration >= 0 ? secDuration : this.duration) * 1e3;
        this._memoryStorage.set(this.getKey(key), points, secDuration);
        return Promise.resolve(
          new RateLimiterRes2(0, msDuration === 0 ? -1 : msDuration, points)
        );
      }
      get(key) {
        const res = this._memoryStorage.get(this.getKey(key));
        if (res !== null) {
          res.remainingPoints = Math.max(this.points - res.consumedPoints, 0);
        }
        return Promise.resolve(res);
      }
      delete(key) {
        return Promise.resolve(this._memoryStorage.delete(this.getKey(key)));
      }
      dump() {
        const storage = [];
        for (const [key, record] of this._memoryStorage._storage) {
          storage.push({
            key: this.parseKey(key),
            value: record.value,
            expiresAt: record.expiresAt
          });
        }
        return {
          version: 1,
          dumpedAt: Date.now(),
          storage
        };
      }
      /**
       * Restores rate-limiter state from a previously dumped snapshot.
       *
       * Each entry is classified into one of three buckets:
       *  - **invalid**  – the item is not an object or has a malformed schema (bad key, value or expiry type).
       *  - **expired**  – the item has logically expired based on current timestamp.
       *  - **restored** – the item was valid and successfully loaded into storage.
       *
       * @param {Object}  data            - Snapshot produced by {@link dump}.
       * @param {boolean} [detailResponse=false] - When `true`, each bucket also
       *   carries a `keys` array listing every affected key.
       * @returns {{ invalid, expired, restored } | undefined} Summary counts (and
       *   optionally keys).  Returns `undefined` when `data` fails schema checks.
       */
      restore(data, detailResponse = false) {
        if (!data || typeof data !== "object" || data.version !== 1) {
          return void 0;
        }
        const response = detailResponse ? {
          invalid: { count: 0, keys: [] },
          expired: { count: 0, keys: [] },
          restored: { count: 0, keys: [] }
        } : { invalid: 0, expired: 0, restored: 0 };
        const record = (bucket, key) => {
          if (detailResponse) {
            response[bucket].count += 1;
            response[bucket].keys.push(key);
          } else {
            response[bucket] += 1;
          }
        };
        if (!Array.isArray(data.storage)) {
          return response;
        }
        for (const item of data.storage) {
          if (!item || typeof item !== "object") {
            record("invalid", "N/A");
            continue;
          }
          const isValidKey = typeof item.key === "string" || typeof item.key === "number";
          const isValidValue = Number.isFinite(item.value);
          const isValidExpiry = item.expiresAt === null || Number.isFinite(item.expiresAt);
          if (!isValidKey || !isValidValue || !isValidExpiry) {
            record("invalid", item.key);
            continue;
          }
          if (item.expiresAt !== null && item.expiresAt <= Date.now()) {
            record("expired", item.key);
            continue;
          }
          this._memoryStorage._restoreRecord(this.getKey(item.key), item.value, item.expiresAt);
          record("restored", item.key);
        }
        return response;
      }
    };
    module.exports = RateLimiterMemory2;
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterCluster.js
var require_RateLimiterCluster = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterCluster.js"(exports, module) {
    var cluster = __require("cluster");
    var crypto2 = __require("crypto");
    var RateLimiterAbstract = require_RateLimiterAbstract();
    var RateLimiterMemory2 = require_RateLimiterMemory();
    var RateLimiterRes2 = require_RateLimiterRes();
    var channel = "rate_limiter_flexible";
    var masterInstance = null;
    var masterSendToWorker = function(worker, msg, type, res) {
      let data;
      if (res === null || res === true || res === false) {
        data = res;
      } else {
        data = {
          remainingPoints: res.remainingPoints,
          msBeforeNext: res.msBeforeNext,
          consumedPoints: res.consumedPoints,
          isFirstInDuration: res.isFirstInDuration
        };
      }
      worker.send({
        channel,
        keyPrefix: msg.keyPrefix,
        // which rate limiter exactly
        promiseId: msg.promiseId,
        type,
        data
      });
    };
    var workerWaitInit = function(payload) {
      setTimeout(() => {
        if (this._initiated) {
          process.send(payload);
        } else if (typeof this._promises[payload.promiseId] !== "undefined") {
          workerWaitInit.call(this, payload);
        }
      }, 30);
    };
    var workerSendToMaster = function(func, promiseId, key, arg, opts) {
      const payload = {
        channel,
        keyPrefix: this.keyPrefix,
        func,
        promiseId,
        data: {
          key,
          arg,
          opts
        }
      };
      if (!this._initiated) {
        workerWaitInit.call(this, payload);
      } else {
        process.send(payload);
      }
    };
    var masterProcessMsg = function(worker, msg) {
      if (!msg || msg.channel !== channel || typeof this._rateLimiters[msg.keyPrefix] === "undefined") {
        return false;
      }
      let promise;
      switch (msg.func) {
        case "consume":
          promise = this._rateLimiters[msg.keyPrefix].consume(msg.data.key, msg.data.arg, msg.data.opts);
          break;
        case "penalty":
          promise = this._rateLimiters[msg.keyPrefix].penalty(msg.data.key, msg.data.arg, msg.data.opts);
          break;
        case "reward":
          promise = this._rateLimiters[msg.keyPrefix].reward(msg.data.key, msg.data.arg, msg.data.opts);
          break;
        case "block":
          promise = this._rateLimiters[msg.keyPrefix].block(msg.data.key, msg.data.arg, msg.data.opts);
          break;
        case "get":
          promise = this._rateLimiters[msg.keyPrefix].get(msg.data.key, msg.data.opts);
          break;
        case "delete":
          promise = this._rateLimiters[msg.keyPrefix].delete(msg.data.key, msg.data.opts);
          break;
        default:
          return false;
      }
      if (promise) {
        promise.then((res) => {
          masterSendToWorker(worker, msg, "resolve", res);
        }).catch((rejRes) => {
          masterSendToWorker(worker, msg, "reject", rejRes);
        });
      }
    };
    var workerProcessMsg = function(msg) {
      if (!msg || msg.channel !== channel || msg.keyPrefix !== this.keyPrefix) {
        return false;
      }
      if (this._promises[msg.promiseId]) {
        clearTimeout(this._promises[msg.promiseId].timeoutId);
        let res;
        if (msg.data === null || msg.data === true || msg.data === false) {
          res = msg.data;
        } else {
          res = new RateLimiterRes2(
            msg.data.remainingPoints,
            msg.data.msBeforeNext,
            msg.data.consumedPoints,
            msg.data.isFirstInDuration
            // eslint-disable-line comma-dangle
          );
        }
        switch (msg.type) {
          case "resolve":
            this._promises[msg.promiseId].resolve(res);
            break;
          case "reject":
            this._promises[msg.promiseId].reject(res);
            break;
          default:
            throw new Error(`RateLimiterCluster: no such message type '${msg.type}'`);
        }
        delete this._promises[msg.promiseId];
      }
    };
    var getOpts = function() {
      return {
        points: this.points,
        duration: this.duration,
        blockDuration: this.blockDuration,
        execEvenly: this.execEvenly,
        execEvenlyMinDelayMs: this.execEvenlyMinDelayMs,
        keyPrefix: this.keyPrefix
      };
    };
    var savePromise = function(resolve, reject) {
      const hrtime = process.hrtime();
      let promiseId = hrtime[0].toString() + hrtime[1].toString();
      if (typeof this._promises[promiseId] !== "undefined") {
        promiseId += crypto2.randomBytes(12).toString("base64");
      }
      this._promises[promiseId] = {
        resolve,
        reject,
        timeoutId: setTimeout(() => {
          delete this._promises[promiseId];
          reject(new Error("RateLimiterCluster timeout: no answer from master in time"));
        }, this.timeoutMs)
      };
      return promiseId;
    };
    var RateLimiterClusterMaster = class {
      constructor() {
        if (masterInstance) {
          return masterInstance;
        }
        this._rateLimiters = {};
        cluster.setMaxListeners(0);
        cluster.on("message", (worker, msg) => {
          if (msg && msg.channel === channel && msg.type === "init") {
            if (typeof this._rateLimiters[msg.opts.keyPrefix] === "undefined") {
              this._rateLimiters[msg.opts.keyPrefix] = new RateLimiterMemory2(msg.opts);
            }
            worker.send({
              channel,
              type: "init",
              keyPrefix: msg.opts.keyPrefix
            });
          } else {
            masterProcessMsg.call(this, worker, msg);
          }
        });
        masterInstance = this;
      }
    };
    var RateLimiterClusterMasterPM2 = class {
      constructor(pm2) {
        if (masterInstance) {
          return masterInstance;
        }
        this._rateLimiters = {};
        pm2.launchBus((err, pm2Bus) => {
          pm2Bus.on("process:msg", (packet) => {
            const msg = packet.raw;
            if (msg && msg.channel === channel && msg.type === "init") {
              if (typeof this._rateLimiters[msg.opts.keyPrefix] === "undefined") {
                this._rateLimiters[msg.opts.keyPrefix] = new RateLimiterMemory2(msg.opts);
              }
              pm2.sendDataToProcessId(packet.process.pm_id, {
                data: {},
                topic: channel,
                channel,
                type: "init",
                keyPrefix: msg.opts.keyPrefix
              }, (sendErr, res) => {
                if (sendErr) {
                  console.log(sendErr, res);
                }
              });
            } else {
              const worker = {
                send: (msgData) => {
                  const pm2Message = msgData;
                  pm2Message.topic = channel;
                  if (typeof pm2Message.data === "undefined") {
                    pm2Message.data = {};
                  }
                  pm2.sendDataToProcessId(packet.process.pm_id, pm2Message, (sendErr, res) => {
                    if (sendErr) {
                      console.log(sendErr, res);
                    }
                  });
                }
              };
              masterProcessMsg.call(this, worker, msg);
            }
          });
        });
        masterInstance = this;
      }
    };
    var RateLimiterClusterWorker = class extends RateLimiterAbstract {
      get timeoutMs() {
        return this._timeoutMs;
      }
      set timeoutMs(value) {
        this._timeoutMs = typeof value === "undefined" ? 5e3 : Math.abs(parseInt(value));
      }
      constructor(opts = {}) {
        super(opts);
        process.setMaxListeners(0);
        this.timeoutMs = opts.timeoutMs;
        this._initiated = false;
        process.on("message", (msg) => {
          if (msg && msg.channel === channel && msg.type === "init" && msg.keyPrefix === this.keyPrefix) {
            this._initiated = true;
          } else {
            workerProcessMsg.call(this, msg);
          }
        });
        process.send({
          channel,
          type: "init",
          opts: getOpts.call(this)
        });
        this._promises = {};
      }
      consume(key, pointsToConsume = 1, options = {}) {
        return new Promise((resolve, reject) => {
          const promiseId = savePromise.call(this, resolve, reject);
          workerSendToMaster.call(this, "consume", promiseId, key, pointsToConsume, options);
        });
      }
      penalty(key, points = 1, options = {}) {
        return new Promise((resolve, reject) => {
          const promiseId = savePromise.call(this, resolve, reject);
          workerSendToMaster.call(this, "penalty", promiseId, key, points, options);
        });
      }
      reward(key, points = 1, options = {}) {
        return new Promise((resolve, reject) => {
          const promiseId = savePromise.call(this, resolve, reject);
          workerSendToMaster.call(this, "reward", promiseId, key, points, options);
        });
      }
      block(key, secDuration, options = {}) {
        return new Promise((resolve, reject) => {
          const promiseId = savePromise.call(this, resolve, reject);
          workerSendToMaster.call(this, "block", promiseId, key, secDuration, options);
        });
      }
      get(key, options = {}) {
        return new Promise((resolve, reject) => {
          const promiseId = savePromise.call(this, resolve, reject);
          workerSendToMaster.call(this, "get", promiseId, key, options);
        });
      }
      delete(key, options = {}) {
        return new Promise((resolve, reject) => {
          const promiseId = savePromise.call(this, resolve, reject);
          workerSendToMaster.call(this, "delete", promiseId, key, options);
        });
      }
    };
    module.exports = {
      RateLimiterClusterMaster,
      RateLimiterClusterMasterPM2,
      RateLimiterCluster: RateLimiterClusterWorker
    };
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterMemcache.js
var require_RateLimiterMemcache = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterMemcache.js"(exports, module) {
    var RateLimiterStoreAbstract = require_RateLimiterStoreAbstract();
    var RateLimiterRes2 = require_RateLimiterRes();
    var RateLimiterMemcache = class extends RateLimiterStoreAbstract {
      /**
       *
       * @param {Object} opts
       * Defaults {
       *   ... see other in RateLimiterStoreAbstract
       *
       *   storeClient: memcacheClient
       * }
       */
      constructor(opts) {
        super(opts);
        this.client = opts.storeClient;
      }
      _getRateLimiterRes(rlKey, changedPoints, result) {
        const res = new RateLimiterRes2();
        res.consumedPoints = parseInt(result.consumedPoints);
        res.isFirstInDuration = result.consumedPoints === changedPoints;
        res.remainingPoints = Math.max(this.points - res.consumedPoints, 0);
        res.msBeforeNext = result.msBeforeNext;
        return res;
      }
      _upsert(rlKey, points, msDuration, forceExpire = false, options = {}) {
        return new Promise((resolve, reject) => {
          const nowMs = Date.now();
          const secDuration = Math.floor(msDuration / 1e3);
          if (forceExpire) {
            this.client.set(rlKey, points, secDuration, (err) => {
              if (!err) {
                this.client.set(
                  `${rlKey}_expire`,
                  secDuration > 0 ? nowMs + secDuration * 1e3 : -1,
                  secDuration,
                  () => {
                    const res = {
                      consumedPoints: points,
                      msBeforeNext: secDuration > 0 ? secDuration * 1e3 : -1
                    };
                    resolve(res);
                  }
                );
              } else {
                reject(err);
              }
            });
          } else {
            this.client.incr(rlKey, points, (err, consumedPoints) => {
              if (err || consumedPoints === false) {
                this.client.add(rlKey, points, secDuration, (errAddKey, createdNew) => {
                  if (errAddKey || !createdNew) {
                    if (typeof options.attemptNumber === "undefined" || options.attemptNumber < 3) {
                      const nextOptions = Object.assign({}, options);
                      nextOptions.attemptNumber = nextOptions.attemptNumber ? nextOptions.attemptNumber + 1 : 1;
                      this._upsert(rlKey, points, msDuration, forceExpire, nextOptions).then((resUpsert) => resolve(resUpsert)).catch((errUpsert) => reject(errUpsert));
                    } else {
                      reject(new Error("Can not add key"));
                    }
                  } else {
                    this.client.add(
                      `${rlKey}_expire`,
                      secDuration > 0 ? nowMs + secDuration * 1e3 : -1,
                      secDuration,
                      () => {
                        const res = {
                          consumedPoints: points,
                          msBeforeNext: secDuration > 0 ? secDuration * 1e3 : -1
                        };
                        resolve(res);
                      }
                    );
                  }
                });
              } else {
                this.client.get(`${rlKey}_expire`, (errGetExpire, resGetExpireMs) => {
                  if (errGetExpire) {
                    reject(errGetExpire);
                  } else {
                    const expireMs = resGetExpireMs === false ? 0 : resGetExpireMs;
                    const res = {
                      consumedPoints,
                      msBeforeNext: expireMs >= 0 ? Math.max(expireMs - nowMs, 0) : -1
                    };
                    resolve(res);
                  }
                });
              }
            });
          }
        });
      }
      _get(rlKey) {
        return new Promise((resolve, reject) => {
          const nowMs = Date.now();
          this.client.get(rlKey, (err, consumedPoints) => {
            if (!consumedPoints) {
              resolve(null);
            } else {
              this.client.get(`${rlKey}_expire`, (errGetExpire, resGetExpireMs) => {
                if (errGetExpire) {
                  reject(errGetExpire);
                } else {
                  const expireMs = resGetExpireMs === false ? 0 : resGetExpireMs;
                  const res = {
                    consumedPoints,
                    msBeforeNext: expireMs >= 0 ? Math.max(expireMs - nowMs, 0) : -1
                  };
                  resolve(res);
                }
              });
            }
          });
        });
      }
      _delete(rlKey) {
        return new Promise((resolve, reject) => {
          this.client.del(rlKey, (err, res) => {
            if (err) {
              reject(err);
            } else if (res === false) {
              resolve(res);
            } else {
              this.client.del(`${rlKey}_expire`, (errDelExpire) => {
                if (errDelExpire) {
                  reject(errDelExpire);
                } else {
                  resolve(res);
                }
              });
            }
          });
        });
      }
    };
    module.exports = RateLimiterMemcache;
  }
});

// node_modules/rate-limiter-flexible/lib/RLWrapperBlackAndWhite.js
var require_RLWrapperBlackAndWhite = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RLWrapperBlackAndWhite.js"(exports, module) {
    var RateLimiterRes2 = require_RateLimiterRes();
    var RateLimiterCompatibleAbstract = require_RateLimiterCompatibleAbstract();
    module.exports = class RLWrapperBlackAndWhite extends RateLimiterCompatibleAbstract {
      constructor(opts = {}) {
        super();
        this.limiter = opts.limiter;
        this.blackList = opts.blackList;
        this.whiteList = opts.whiteList;
        this.isBlackListed = opts.isBlackListed;
        this.isWhiteListed = opts.isWhiteListed;
        this.runActionAnyway = opts.runActionAnyway;
      }
      get limiter() {
        return this._limiter;
      }
      set limiter(value) {
        if (typeof value === "undefined") {
          throw new Error("limiter is not set");
        }
        this._limiter = value;
      }
      get keyPrefix() {
        return this.limiter.keyPrefix;
      }
      get blockDuration() {
        return this.limiter.blockDuration;
      }
      set blockDuration(value) {
        this.limiter.blockDuration = value;
      }
      get execEvenly() {
        return this.limiter.execEvenly;
      }
      set execEvenly(value) {
        this.limiter.execEvenly = value;
      }
      get runActionAnyway() {
        return this._runActionAnyway;
      }
      set runActionAnyway(value) {
        this._runActionAnyway = typeof value === "undefined" ? false : value;
      }
      get blackList() {
        return this._blackList;
      }
      set blackList(value) {
        this._blackList = Array.isArray(value) ? value : [];
      }
      get isBlackListed() {
        return this._isBlackListed;
      }
      set isBlackListed(func) {
        if (typeof func === "undefined") {
          func = () => false;
        }
        if (typeof func !== "function") {
          throw new Error("isBlackListed must be function");
        }
        this._isBlackListed = func;
      }
      get whiteList() {
        return this._whiteList;
      }
      set whiteList(value) {
        this._whiteList = Array.isArray(value) ? value : [];
      }
      get isWhiteListed() {
        return this._isWhiteListed;
      }
      set isWhiteListed(func) {
        if (typeof func === "undefined") {
          func = () => false;
        }
        if (typeof func !== "function") {
          throw new Error("isWhiteListed must be function");
        }
        this._isWhiteListed = func;
      }
      isBlackListedSomewhere(key) {
        return this.blackList.indexOf(key) >= 0 || this.isBlackListed(key);
      }
      isWhiteListedSomewhere(key) {
        return this.whiteList.indexOf(key) >= 0 || this.isWhiteListed(key);
      }
      getBlackRes() {
        return new RateLimiterRes2(0, Number.MAX_SAFE_INTEGER, 0, false);
      }
      getWhiteRes() {
        return new RateLimiterRes2(Number.MAX_SAFE_INTEGER, 0, 0, false);
      }
      rejectBlack() {
        return Promise.reject(this.getBlackRes());
      }
      resolveBlack() {
        return Promise.resolve(this.getBlackRes());
      }
      resolveWhite() {
        return Promise.resolve(this.getWhiteRes());
      }
      _execAction(action, key, args, rejectOnBlack = false) {
        let res;
        if (this.isWhiteListedSomewhere(key)) {
          res = this.resolveWhite();
        } else if (this.isBlackListedSomewhere(key)) {
          res = rejectOnBlack ? this.rejectBlack() : this.resolveBlack();
        }
        if (typeof res === "undefined") {
          return this.limiter[action](key, ...args);
        }
        if (this.runActionAnyway) {
          this.limiter[action](key, ...args).catch(() => {
          });
        }
        return res;
      }
      consume(key, pointsToConsume = 1, options = {}) {
        return this._execAction("consume", key, [pointsToConsume, options], true);
      }
      block(key, secDuration, options = {}) {
        return this._execAction("block", key, [secDuration, options]);
      }
      penalty(key, points = 1, options = {}) {
        return this._execAction("penalty", key, [points, options]);
      }
      reward(key, points = 1, options = {}) {
        return this._execAction("reward", key, [points, options]);
      }
      get(key, options = {}) {
        if (this.runActionAnyway) {
          return this.limiter.get(key, options);
        }
        return this._execAction("get", key, [options]);
      }
      set(key, points, secDuration, options = {}) {
        return this._execAction("set", key, [points, secDuration, options]);
      }
      delete(key, options = {}) {
        return this.limiter.delete(key, options);
      }
    };
  }
});

// node_modules/rate-limiter-flexible/lib/RLWrapperTimeouts.js
var require_RLWrapperTimeouts = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RLWrapperTimeouts.js"(exports, module) {
    var RateLimiterInsuredAbstract = require_RateLimiterInsuredAbstract();
    var isRateLimiterCompatible = require_isRateLimiterCompatible();
    module.exports = class RLWrapperTimeouts extends RateLimiterInsuredAbstract {
      constructor(opts = {}) {
        super({
          ...opts,
          points: 0,
          duration: 0
        });
        this.limiter = opts.limiter;
        this.timeoutMs = opts.timeoutMs || 0;
      }
      get limiter() {
        return this._limiter;
      }
      set limiter(limiter) {
        if (!isRateLimiterCompatible(limiter)) {
          throw new TypeError("limiter must be an instance of RateLimiterAbstract or RateLimiterCompatibleAbstract");
        }
        this._limiter = limiter;
        if (!this.insuranceLimiter && limiter instanceof RateLimiterInsuredAbstract) {
          this.insuranceLimiter = limiter.insuranceLimiter;
        }
      }
      get timeoutMs() {
        return this._timeoutMs;
      }
      set timeoutMs(value) {
        if (typeof value !== "number" || value < 0) {
          throw new TypeError("timeoutMs must be a non-negative number");
        }
        this._timeoutMs = value;
      }
      _run(funcName, params) {
        return new Promise(async (resolve, reject) => {
          const timeout = setTimeout(() => {
            return reject(new Error("Operation timed out"));
          }, this.timeoutMs);
          await this.limiter[funcName](...params).then((result) => {
            clearTimeout(timeout);
            resolve(result);
          }).catch((err) => {
            clearTimeout(timeout);
            reject(err);
          });
        });
      }
      _consume(key, pointsToConsume = 1, options = {}) {
        return this._run("consume", [key, pointsToConsume, options]);
      }
      _penalty(key, points = 1, options = {}) {
        return this._run("penalty", [key, points, options]);
      }
      _reward(key, points = 1, options = {}) {
        return this._run("reward", [key, points, options]);
      }
      _get(key, options = {}) {
        return this._run("get", [key, options]);
      }
      _set(key, points, secDuration, options = {}) {
        return this._run("set", [key, points, secDuration, options]);
      }
      _block(key, secDuration, options = {}) {
        return this._run("block", [key, secDuration, options]);
      }
      _delete(key, options = {}) {
        return this._run("delete", [key, options]);
      }
    };
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterUnion.js
var require_RateLimiterUnion = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterUnion.js"(exports, module) {
    var isRateLimiterCompatible = require_isRateLimiterCompatible();
    module.exports = class RateLimiterUnion {
      constructor(...limiters) {
        if (limiters.length < 1) {
          throw new Error("RateLimiterUnion: at least one limiter have to be passed");
        }
        limiters.forEach((limiter) => {
          if (!isRateLimiterCompatible(limiter)) {
            throw new Error("RateLimiterUnion: all limiters have to be instance of RateLimiterAbstract or RateLimiterCompatibleAbstract");
          }
        });
        this._limiters = limiters;
      }
      consume(key, points = 1) {
        return new Promise((resolve, reject) => {
          const promises = [];
          this._limiters.forEach((limiter) => {
            promises.push(limiter.consume(key, points).catch((rej) => ({ rejected: true, rej })));
          });
          Promise.all(promises).then((res) => {
            const resObj = {};
            let rejected = false;
            res.forEach((item) => {
              if (item.rejected === true) {
                rejected = true;
              }
            });
            for (let i = 0; i < res.length; i++) {
              if (rejected && res[i].rejected === true) {
                resObj[this._limiters[i].keyPrefix] = res[i].rej;
              } else if (!rejected) {
                resObj[this._limiters[i].keyPrefix] = res[i];
              }
            }
            if (rejected) {
              reject(resObj);
            } else {
              resolve(resObj);
            }
          });
        });
      }
    };
  }
});

// node_modules/rate-limiter-flexible/lib/component/RateLimiterQueueError.js
var require_RateLimiterQueueError = __commonJS({
  "node_modules/rate-limiter-flexible/lib/component/RateLimiterQueueError.js"(exports, module) {
    module.exports = class RateLimiterQueueError extends Error {
      constructor(message, extra) {
        super();
        if (Error.captureStackTrace) {
          Error.captureStackTrace(this, this.constructor);
        }
        this.name = "CustomError";
        this.message = message;
        if (extra) {
          this.extra = extra;
        }
      }
    };
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterQueue.js
var require_RateLimiterQueue = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterQueue.js"(exports, module) {
    var RateLimiterQueueError = require_RateLimiterQueueError();
    var MAX_QUEUE_SIZE = 4294967295;
    var KEY_DEFAULT = "limiter";
    function getTokensRemaining(limiterFlexible, key) {
      return limiterFlexible.get(key).then((rlRes) => rlRes !== null ? rlRes.remainingPoints : limiterFlexible.points).catch(() => limiterFlexible.points);
    }
    module.exports = class RateLimiterQueue {
      constructor(limiterFlexible, opts = {}) {
        const maxQueueSize = opts.maxQueueSize !== void 0 ? opts.maxQueueSize : MAX_QUEUE_SIZE;
        this._queueLimiters = {
          [KEY_DEFAULT]: new RateLimiterQueueInternal(limiterFlexible, {
            ...opts,
            maxQueueSize,
            key: KEY_DEFAULT
          })
        };
        this._limiterFlexible = limiterFlexible;
        this._maxQueueSize = maxQueueSize;
      }
      getTokensRemaining(key = KEY_DEFAULT) {
        if (this._queueLimiters[key]) {
          return this._queueLimiters[key].getTokensRemaining();
        } else {
          return getTokensRemaining(this._limiterFlexible, key);
        }
      }
      removeTokens(tokens, key = KEY_DEFAULT, expiresUnixAt = 0) {
        if (!this._queueLimiters[key]) {
          this._queueLimiters[key] = new RateLimiterQueueInternal(
            this._limiterFlexible,
            {
              key,
              maxQueueSize: this._maxQueueSize
            }
          );
        }
        return this._queueLimiters[key].removeTokens(tokens, expiresUnixAt);
      }
    };
    var RateLimiterQueueInternal = class {
      constructor(limiterFlexible, opts = {
        maxQueueSize: MAX_QUEUE_SIZE,
        key: KEY_DEFAULT
      }) {
        this._key = opts.key;
        this._waitTimeout = null;
        this._queue = [];
        this._limiterFlexible = limiterFlexible;
        this._hasExpiringRequests = false;
        this._maxQueueSize = opts.maxQueueSize;
      }
      getTokensRemaining() {
        return getTokensRemaining(this._limiterFlexible, this._key);
      }
      removeTokens(tokens, expiresUnixAt = 0) {
        const _this = this;
        return new Promise((resolve, reject) => {
          if (tokens > _this._limiterFlexible.points) {
            reject(new RateLimiterQueueError(`Requested tokens ${tokens} exceeds maximum ${_this._limiterFlexible.points} tokens per interval`));
            return;
          }
          if (_this._queue.length > 0) {
            _this._queueRequest.call(_this, resolve, reject, tokens, expiresUnixAt);
          } else {
            _this._limiterFlexible.consume(_this._key, tokens).then((res) => {
              resolve(res.remainingPoints);
            }).catch((rej) => {
              if (rej instanceof Error) {
                reject(rej);
              } else {
                _this._queueRequest.call(_this, resolve, reject, tokens, expiresUnixAt);
                if (_this._waitTimeout === null) {
                  _this._waitTimeout = setTimeout(_this._processFIFO.bind(_this), rej.msBeforeNext);
                }
              }
            });
          }
        });
      }
      _queueRequest(resolve, reject, tokens, expiresUnixAt = 0) {
        const _this = this;
        if (_this._queue.length < _this._maxQueueSize) {
          _this._queue.push({ resolve, reject, tokens, expiresUnixAt });
          if (expiresUnixAt > 0) {
            _this._hasExpiringRequests = true;
          }
        } else {
          reject(new RateLimiterQueueError(`Number of requests reached it's maximum ${_this._maxQueueSize}`));
        }
      }
      _processFIFO() {
        const _this = this;
        if (_this._waitTimeout !== null) {
          clearTimeout(_this._waitTimeout);
          _this._waitTimeout = null;
        }
        if (_this._hasExpiringRequests) {
          const nowSecs = Math.floor(Date.now() / 1e3);
          _this._queue = _this._queue.filter((item2) => {
            if (item2.expiresUnixAt > 0 && nowSecs >= item2.expiresUnixAt) {
              item2.reject(new RateLimiterQueueError("The request to remove tokens expired before it could be fulfilled"));
              return false;
            }
            return true;
          });
        }
        if (_this._queue.length === 0) {
          return;
        }
        const item = _this._queue.shift();
        _this._limiterFlexible.consume(_this._key, item.tokens).then((res) => {
          item.resolve(res.remainingPoints);
          _this._processFIFO.call(_this);
        }).catch((rej) => {
          if (rej instanceof Error) {
            item.reject(rej);
            _this._processFIFO.call(_this);
          } else {
            _this._queue.unshift(item);
            if (_this._waitTimeout === null) {
              _this._waitTimeout = setTimeout(_this._processFIFO.bind(_this), rej.msBeforeNext);
            }
          }
        });
      }
    };
  }
});

// node_modules/rate-limiter-flexible/lib/BurstyRateLimiter.js
var require_BurstyRateLimiter = __commonJS({
  "node_modules/rate-limiter-flexible/lib/BurstyRateLimiter.js"(exports, module) {
    var RateLimiterRes2 = require_RateLimiterRes();
    module.exports = class BurstyRateLimiter {
      constructor(rateLimiter, burstLimiter) {
        this._rateLimiter = rateLimiter;
        this._burstLimiter = burstLimiter;
      }
      /**
       * Merge rate limiter response objects. Responses can be null
       *
       * @param {RateLimiterRes} [rlRes] Rate limiter response
       * @param {RateLimiterRes} [blRes] Bursty limiter response
       */
      _combineRes(rlRes, blRes) {
        if (!rlRes) {
          return null;
        }
        return new RateLimiterRes2(
          rlRes.remainingPoints,
          Math.min(rlRes.msBeforeNext, blRes ? blRes.msBeforeNext : 0),
          rlRes.consumedPoints,
          rlRes.isFirstInDuration
        );
      }
      /**
       * @param key
       * @param pointsToConsume
       * @param options
       * @returns {Promise<any>}
       */
      consume(key, pointsToConsume = 1, options = {}) {
        return this._rateLimiter.consume(key, pointsToConsume, options).catch((rlRej) => {
          if (rlRej instanceof RateLimiterRes2) {
            return this._burstLimiter.consume(key, pointsToConsume, options).then((blRes) => {
              return Promise.resolve(this._combineRes(rlRej, blRes));
            }).catch(
              (blRej) => {
                if (blRej instanceof RateLimiterRes2) {
                  return Promise.reject(this._combineRes(rlRej, blRej));
                } else {
                  return Promise.reject(blRej);
                }
              }
            );
          } else {
            return Promise.reject(rlRej);
          }
        });
      }
      /**
       * It doesn't expose available points from burstLimiter
       *
       * @param key
       * @returns {Promise<RateLimiterRes>}
       */
      get(key) {
        return Promise.all([
          this._rateLimiter.get(key),
          this._burstLimiter.get(key)
        ]).then(([rlRes, blRes]) => {
          return this._combineRes(rlRes, blRes);
        });
      }
      get points() {
        return this._rateLimiter.points;
      }
    };
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterDynamo.js
var require_RateLimiterDynamo = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterDynamo.js"(exports, module) {
    var RateLimiterRes2 = require_RateLimiterRes();
    var RateLimiterStoreAbstract = require_RateLimiterStoreAbstract();
    var DynamoItem = class {
      /**
       * Create a DynamoItem.
       * @param {string} rlKey - The key for the rate limiter.
       * @param {number} points - The number of points.
       * @param {number} expire - The expiration time in seconds.
       */
      constructor(rlKey, points, expire) {
        this.key = rlKey;
        this.points = points;
        this.expire = expire;
      }
    };
    var DEFAULT_READ_CAPACITY_UNITS = 25;
    var DEFAULT_WRITE_CAPACITY_UNITS = 25;
    var RateLimiterDynamo = class extends RateLimiterStoreAbstract {
      /**
       * Constructs a new instance of the class.
       * The storeClient MUST be an instance of AWS.DynamoDB NOT of AWS.DynamoDBClient.
       *
       * @param {Object} opts - The options for the constructor.
       * @param {function} cb - The callback function (optional).
       * @return {void}
       */
      constructor(opts, cb = null) {
        super(opts);
        this.client = opts.storeClient;
        this.tableName = opts.tableName;
        this.tableCreated = opts.tableCreated;
        this.ttlManuallySet = opts.ttlSet;
        if (!this.tableCreated) {
          this._createTable(opts.dynamoTableOpts).then((data) => {
            this.tableCreated = true;
            this._setTTL().finally(() => {
              if (typeof cb === "function") {
                cb();
              }
            });
          }).catch((err) => {
            if (typeof cb === "function") {
              cb(err);
            } else {
              throw err;
            }
          });
        } else {
          this._setTTL().finally(() => {
            if (typeof cb === "function") {
              cb();
            }
          });
        }
      }
      get tableName() {
        return this._tableName;
      }
      set tableName(value) {
        this._tableName = typeof value === "undefined" ? "node-rate-limiter-flexible" : value;
      }
      get tableCreated() {
        return this._tableCreated;
      }
      set tableCreated(value) {
        this._tableCreated = typeof value === "undefined" ? false : !!value;
      }
      /**
       * Creates a table in the database. Return null if the table already exists.
       * 
       * @param {{readCapacityUnits: number, writeCapacityUnits: number}} tableOpts
       * @return {Promise} A promise that resolves with the result of creating the table.
       */
      async _createTable(tableOpts) {
        const params = {
          TableName: this.tableName,
          AttributeDefinitions: [
            {
              AttributeName: "key",
              AttributeType: "S"
            }
          ],
          KeySchema: [
            {
              AttributeName: "key",
              KeyType: "HASH"
            }
          ],
          ProvisionedThroughput: {
            ReadCapacityUnits: tableOpts && tableOpts.readCapacityUnits ? tableOpts.readCapacityUnits : DEFAULT_READ_CAPACITY_UNITS,
            WriteCapacityUnits: tableOpts && tableOpts.writeCapacityUnits ? tableOpts.writeCapacityUnits : DEFAULT_WRITE_CAPACITY_UNITS
          }
        };
        try {
          const data = await this.client.createTable(params);
          return data;
        } catch (err) {
          if (err.__type && err.__type.includes("ResourceInUseException")) {
            return null;
          } else {
            throw err;
          }
        }
      }
      /**
       * Retrieves an item from the table based on the provided key.
       *
       * @param {string} rlKey - The key used to retrieve the item.
       * @throws {Error} Throws an error if the table is not created yet.
       * @return {DynamoItem|null} - The retrieved item, or null if it doesn't exist.
       */
      async _get(rlKey) {
        if (!this.tableCreated) {
          throw new Error("Table is not created yet");
        }
        const params = {
          TableName: this.tableName,
          Key: {
            key: { S: rlKey }
          }
        };
        const data = await this.client.getItem(params);
        if (!data.Item) {
          return null;
        }
        const item = new DynamoItem(
          data.Item.key.S,
          Number(data.Item.points.N),
          Number(data.Item.expire.N)
        );
        const dateNowSec = Date.now() / 1e3;
        if (item.expire !== -1 && item.expire <= dateNowSec) {
          return null;
        }
        return item;
      }
      /**
       * Deletes an item from the table based on the given rlKey.
       *
       * @param {string} rlKey - The rlKey of the item to delete.
       * @throws {Error} Throws an error if the table is not created yet.
       * @return {boolean} Returns true if the item was successfully deleted, otherwise false.
       */
      async _delete(rlKey) {
        if (!this.tableCreated) {
          throw new Error("Table is not created yet");
        }
        const params = {
          TableName: this.tableName,
          Key: {
            key: { S: rlKey }
          },
          ConditionExpression: "attribute_exists(#k)",
          ExpressionAttributeNames: {
            "#k": "key"
          }
        };
        try {
          const data = await this._client.deleteItem(params);
          return data.$metadata.httpStatusCode === 200;
        } catch (err) {
          if (err.__type && err.__type.includes("ConditionalCheckFailedException")) {
            return false;
          } else {
            throw err;
          }
        }
      }
      /**
       * Implemented with DynamoDB Atomic Counters. 3 calls are made to DynamoDB but each call is atomic.
       * From the documentation: "UpdateItem calls are naturally serialized within DynamoDB,
       * so there are no race condition concerns with making multiple simultaneous calls."
       * See: https://aws.amazon.com/it/blogs/database/implement-resource-counters-with-amazon-dynamodb/
       * @param {*} rlKey 
       * @param {*} points 
       * @param {*} msDuration 
       * @param {*} forceExpire 
       * @param {*} options 
       * @returns
       */
      async _upsert(rlKey, points, msDuration, forceExpire = false, options = {}) {
        if (!this.tableCreated) {
          throw new Error("Table is not created yet");
        }
        const dateNow = Date.now();
        const dateNowSec = dateNow / 1e3;
        const newExpireSec = msDuration > 0 ? (dateNow + msDuration) / 1e3 : -1;
        if (forceExpire) {
          return await this._baseUpsert({
            TableName: this.tableName,
            Key: { key: { S: rlKey } },
            UpdateExpression: "SET points = :points, expire = :expire",
            ExpressionAttributeValues: {
              ":points": { N: points.toString() },
              ":expire": { N: newExpireSec.toString() }
            },
            ReturnValues: "ALL_NEW"
          });
        }
        try {
          return await this._baseUpsert({
            TableName: this.tableName,
            Key: { key: { S: rlKey } },
            UpdateExpression: "SET points = :new_points, expire = :new_expire",
            ExpressionAttributeValues: {
              ":new_points": { N: points.toString() },
              ":new_expire": { N: newExpireSec.toString() },
              ":where_expire": { N: dateNowSec.toString() }
            },
            ConditionExpression: "expire <= :where_expire OR attribute_not_exists(points)",
            ReturnValues: "ALL_NEW"
          });
        } catch (err) {
          return await this._baseUpsert({
            TableName: this.tableName,
            Key: { key: { S: rlKey } },
            UpdateExpression: "SET points = points + :new_points",
            ExpressionAttributeValues: {
              ":new_points": { N: points.toString() },
              ":where_expire": { N: dateNowSec.toString() }
            },
            ConditionExpression: "expire > :where_expire",
            ReturnValues: "ALL_NEW"
          });
        }
      }
      /**
       * Asynchronously upserts data into the table. params is a DynamoDB params object.
       *
       * @param {Object} params - The parameters for the upsert operation.
       * @throws {Error} Throws an error if the table is not created yet.
       * @return {DynamoItem} Returns a DynamoItem object with the updated data.
       */
      async _baseUpsert(params) {
        if (!this.tableCreated) {
          throw new Error("Table is not created yet");
        }
        try {
          const data = await this.client.updateItem(params);
          return new DynamoItem(
            data.Attributes.key.S,
            Number(data.Attributes.points.N),
            Number(data.Attributes.expire.N)
          );
        } catch (err) {
          throw err;
        }
      }
      /**
       * Sets the Time-to-Live (TTL) for the table. TTL use the expire field in the table.
       * See: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
       *
       * @return {Promise} A promise that resolves when the TTL is successfully set.
       * @throws {Error} Throws an error if the table is not created yet.
       * @returns {Promise}
       */
      async _setTTL() {
        if (!this.tableCreated) {
          throw new Error("Table is not created yet");
        }
        try {
          const isTTLSet = await this._isTTLSet();
          if (isTTLSet) {
            return;
          }
          const params = {
            TableName: this.tableName,
            TimeToLiveSpecification: {
              AttributeName: "expire",
              Enabled: true
            }
          };
          const res = await this.client.updateTimeToLive(params);
          return res;
        } catch (err) {
          throw err;
        }
      }
      /**
       * Checks if the Time To Live (TTL) feature is set for the DynamoDB table.
       *
       * @return {boolean} Returns true if the TTL feature is enabled for the table, otherwise false.
       * @throws {Error} Throws an error if the table is not created yet or if there is an error while checking the TTL status.
       */
      async _isTTLSet() {
        if (!this.tableCreated) {
          throw new Error("Table is not created yet");
        }
        if (this.ttlManuallySet) {
          return true;
        }
        try {
          const res = await this.client.describeTimeToLive({ TableName: this.tableName });
          return res.$metadata.httpStatusCode == 200 && res.TimeToLiveDescription.TimeToLiveStatus === "ENABLED" && res.TimeToLiveDescription.AttributeName === "expire";
        } catch (err) {
          throw err;
        }
      }
      /**
       * Generate a RateLimiterRes object based on the provided parameters.
       *
       * @param {string} rlKey - The key for the rate limiter.
       * @param {number} changedPoints - The number of points that have changed.
       * @param {DynamoItem} result - The result object of _get() method.
       * @returns {RateLimiterRes} - The generated RateLimiterRes object.
       */
      _getRateLimiterRes(rlKey, changedPoints, result) {
        const res = new RateLimiterRes2();
        res.isFirstInDuration = changedPoints === result.points;
        res.consumedPoints = res.isFirstInDuration ? changedPoints : result.points;
        res.remainingPoints = Math.max(this.points - res.consumedPoints, 0);
        res.msBeforeNext = result.expire != -1 ? Math.max(result.expire * 1e3 - Date.now(), 0) : -1;
        return res;
      }
    };
    module.exports = RateLimiterDynamo;
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterPrisma.js
var require_RateLimiterPrisma = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterPrisma.js"(exports, module) {
    var RateLimiterStoreAbstract = require_RateLimiterStoreAbstract();
    var RateLimiterRes2 = require_RateLimiterRes();
    var RateLimiterPrisma = class extends RateLimiterStoreAbstract {
      /**
       * Constructor for the rate limiter
       * @param {Object} opts - Options for the rate limiter
       */
      constructor(opts) {
        super(opts);
        this.modelName = opts.tableName || "RateLimiterFlexible";
        this.prismaClient = opts.storeClient;
        this.clearExpiredByTimeout = opts.clearExpiredByTimeout ?? true;
        if (!this.prismaClient) {
          throw new Error("Prisma client is not provided");
        }
        if (this.clearExpiredByTimeout) {
          this._clearExpiredHourAgo();
        }
      }
      _getRateLimiterRes(rlKey, changedPoints, result) {
        const res = new RateLimiterRes2();
        let doc = result;
        res.isFirstInDuration = doc.points === changedPoints;
        res.consumedPoints = doc.points;
        res.remainingPoints = Math.max(this.points - res.consumedPoints, 0);
        res.msBeforeNext = doc.expire !== null ? Math.max(new Date(doc.expire).getTime() - Date.now(), 0) : -1;
        return res;
      }
      _upsert(key, points, msDuration, forceExpire = false) {
        if (!this.prismaClient) {
          return Promise.reject(new Error("Prisma client is not established"));
        }
        const model = this.prismaClient[this.modelName];
        const now = /* @__PURE__ */ new Date();
        const newExpire = msDuration > 0 ? new Date(now.getTime() + msDuration) : null;
        const create = { key, points, expire: newExpire };
        if (forceExpire) {
          return model.upsert({
            where: { key },
            create,
            update: { points, expire: newExpire }
          });
        }
        return model.deleteMany({ where: { key, expire: { lte: now } } }).then(() => model.upsert({
          where: { key },
          create,
          update: { points: { increment: points } }
        }));
      }
      _get(rlKey) {
        if (!this.prismaClient) {
          return Promise.reject(new Error("Prisma client is not established"));
        }
        return this.prismaClient[this.modelName].findFirst({
          where: {
            AND: [
              { key: rlKey },
              {
                OR: [
                  { expire: { gt: /* @__PURE__ */ new Date() } },
                  { expire: null }
                ]
              }
            ]
          }
        });
      }
      _delete(rlKey) {
        if (!this.prismaClient) {
          return Promise.reject(new Error("Prisma client is not established"));
        }
        return this.prismaClient[this.modelName].deleteMany({
          where: {
            key: rlKey
          }
        }).then((res) => res.count > 0);
      }
      _clearExpiredHourAgo() {
        if (this._clearExpiredTimeoutId) {
          clearTimeout(this._clearExpiredTimeoutId);
        }
        this._clearExpiredTimeoutId = setTimeout(async () => {
          try {
            await this.prismaClient[this.modelName].deleteMany({
              where: {
                expire: {
                  lt: new Date(Date.now() - 36e5)
                }
              }
            });
          } catch (error) {
            console.warn("Failed to clear expired records:", error);
          }
          this._clearExpiredHourAgo();
        }, 3e5);
        this._clearExpiredTimeoutId.unref();
      }
    };
    module.exports = RateLimiterPrisma;
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterDrizzle.js
var require_RateLimiterDrizzle = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterDrizzle.js"(exports, module) {
    var drizzleOperators = null;
    var CLEANUP_INTERVAL_MS = 3e5;
    var EXPIRED_THRESHOLD_MS = 36e5;
    var RateLimiterDrizzleError = class extends Error {
      constructor(message) {
        super(message);
        this.name = "RateLimiterDrizzleError";
      }
    };
    async function loadDrizzleOperators() {
      if (drizzleOperators) return drizzleOperators;
      const requiredOperators = ["and", "or", "gt", "lt", "eq", "isNull", "sql"];
      function getPackageName() {
        return ["drizzle", "orm"].join("-");
      }
      const collectModuleLayers = (mod) => {
        const layers = [];
        const seen = /* @__PURE__ */ new Set();
        let current = mod;
        while (current && (typeof current === "object" || typeof current === "function") && !seen.has(current)) {
          layers.push(current);
          seen.add(current);
          current = current.default;
        }
        return layers;
      };
      const importModule = async (specifier, { optional = false } = {}) => {
        try {
          return await import(
            /* @vite-ignore */
            specifier
          );
        } catch (error) {
          if (optional) {
            return null;
          }
          throw new RateLimiterDrizzleError(
            error.message || "Failed to import drizzle-orm package."
          );
        }
      };
      const mainModule = await importModule(`${getPackageName()}`);
      const sqlModule = await importModule(`${getPackageName()}/sql`, { optional: true });
      const mainCandidates = collectModuleLayers(mainModule);
      const sqlCandidates = sqlModule ? collectModuleLayers(sqlModule) : [];
      const resolvedOperators = {};
      const missingOperators = [];
      for (const operatorName of requiredOperators) {
        const candidates = operatorName === "sql" ? [...sqlCandidates, ...mainCandidates] : mainCandidates;
        const operator = candidates.map((candidate) => candidate?.[operatorName]).find((value) => typeof value === "function");
        if (!operator) {
          missingOperators.push(operatorName);
          continue;
        }
        resolvedOperators[operatorName] = operator;
      }
      if (missingOperators.length > 0) {
        throw new RateLimiterDrizzleError(
          `Failed to load drizzle-orm operators: missing ${missingOperators.join(", ")}`
        );
      }
      drizzleOperators = resolvedOperators;
      return drizzleOperators;
    }
    var RateLimiterStoreAbstract = require_RateLimiterStoreAbstract();
    var RateLimiterRes2 = require_RateLimiterRes();
    var RateLimiterDrizzle = class extends RateLimiterStoreAbstract {
      constructor(opts) {
        super(opts);
        if (!opts?.schema) {
          throw new RateLimiterDrizzleError("Drizzle schema is required");
        }
        if (!opts?.storeClient) {
          throw new RateLimiterDrizzleError("Drizzle client is required");
        }
        this.schema = opts.schema;
        this.drizzleClient = opts.storeClient;
        this.clearExpiredByTimeout = opts.clearExpiredByTimeout ?? true;
        if (this.clearExpiredByTimeout) {
          this._clearExpiredHourAgo();
        }
      }
      _getRateLimiterRes(rlKey, changedPoints, result) {
        const res = new RateLimiterRes2();
        let doc = result;
        res.isFirstInDuration = doc.points === changedPoints;
        res.consumedPoints = doc.points;
        res.remainingPoints = Math.max(this.points - res.consumedPoints, 0);
        res.msBeforeNext = doc.expire !== null ? Math.max(new Date(doc.expire).getTime() - Date.now(), 0) : -1;
        return res;
      }
      async _upsert(key, points, msDuration, forceExpire = false) {
        if (!this.drizzleClient) {
          return Promise.reject(new RateLimiterDrizzleError("Drizzle client is not established"));
        }
        const { sql } = await loadDrizzleOperators();
        const now = /* @__PURE__ */ new Date();
        const newExpire = msDuration > 0 ? new Date(now.getTime() + msDuration) : null;
        const expired = sql`${this.schema.expire} <= ${sql.param(now, this.schema.expire)}`;
        const nextExpire = sql.param(newExpire, this.schema.expire);
        const [data] = await this.drizzleClient.insert(this.schema).values({
          key,
          points,
          expire: newExpire
        }).onConflictDoUpdate({
          target: this.schema.key,
          set: forceExpire ? { points, expire: newExpire } : {
            points: sql`CASE WHEN ${expired} THEN ${points} ELSE ${this.schema.points} + ${points} END`,
            expire: sql`CASE WHEN ${expired} THEN ${nextExpire} ELSE ${this.schema.expire} END`
          }
        }).returning();
        return data;
      }
      async _get(rlKey) {
        if (!this.drizzleClient) {
          return Promise.reject(new RateLimiterDrizzleError("Drizzle client is not established"));
        }
        const { and, or: or2, gt, eq, isNull } = await loadDrizzleOperators();
        const [response] = await this.drizzleClient.select().from(this.schema).where(
          and(
            eq(this.schema.key, rlKey),
            or2(gt(this.schema.expire, /* @__PURE__ */ new Date()), isNull(this.schema.expire))
          )
        ).limit(1);
        return response || null;
      }
      async _delete(rlKey) {
        if (!this.drizzleClient) {
          return Promise.reject(new RateLimiterDrizzleError("Drizzle client is not established"));
        }
        const { eq } = await loadDrizzleOperators();
        const [result] = await this.drizzleClient.delete(this.schema).where(eq(this.schema.key, rlKey)).returning({ key: this.schema.key });
        return !!result?.key;
      }
      _clearExpiredHourAgo() {
        if (this._clearExpiredTimeoutId) {
          clearTimeout(this._clearExpiredTimeoutId);
        }
        this._clearExpiredTimeoutId = setTimeout(async () => {
          try {
            const { lt } = await loadDrizzleOperators();
            await this.drizzleClient.delete(this.schema).where(lt(this.schema.expire, new Date(Date.now() - EXPIRED_THRESHOLD_MS)));
          } catch (error) {
            console.warn("Failed to clear expired records:", error);
          }
          this._clearExpiredHourAgo();
        }, CLEANUP_INTERVAL_MS);
        this._clearExpiredTimeoutId.unref();
      }
    };
    module.exports = RateLimiterDrizzle;
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterDrizzleNonAtomic.js
var require_RateLimiterDrizzleNonAtomic = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterDrizzleNonAtomic.js"(exports, module) {
    var drizzleOperators = null;
    var CLEANUP_INTERVAL_MS = 3e5;
    var EXPIRED_THRESHOLD_MS = 36e5;
    var RateLimiterDrizzleError = class extends Error {
      constructor(message) {
        super(message);
        this.name = "RateLimiterDrizzleError";
      }
    };
    async function getDrizzleOperators() {
      if (drizzleOperators) return drizzleOperators;
      try {
        let getPackageName2 = function() {
          return ["drizzle", "orm"].join("-");
        };
        var getPackageName = getPackageName2;
        const drizzleOrm = await import(`${getPackageName2()}`);
        const { and, or: or2, gt, lt, eq, isNull, sql } = drizzleOrm.default || drizzleOrm;
        drizzleOperators = { and, or: or2, gt, lt, eq, isNull, sql };
        return drizzleOperators;
      } catch (error) {
        throw new RateLimiterDrizzleError(
          "drizzle-orm is not installed. Please install drizzle-orm to use RateLimiterDrizzleNonAtomic."
        );
      }
    }
    var RateLimiterStoreAbstract = require_RateLimiterStoreAbstract();
    var RateLimiterRes2 = require_RateLimiterRes();
    var RateLimiterDrizzleNonAtomic = class extends RateLimiterStoreAbstract {
      constructor(opts) {
        super(opts);
        if (!opts?.schema) {
          throw new RateLimiterDrizzleError("Drizzle schema is required");
        }
        if (!opts?.storeClient) {
          throw new RateLimiterDrizzleError("Drizzle client is required");
        }
        this.schema = opts.schema;
        this.drizzleClient = opts.storeClient;
        this.clearExpiredByTimeout = opts.clearExpiredByTimeout ?? true;
        if (this.clearExpiredByTimeout) {
          this._clearExpiredHourAgo();
        }
      }
      _getRateLimiterRes(rlKey, changedPoints, result) {
        const res = new RateLimiterRes2();
        let doc = result;
        res.isFirstInDuration = doc.points === changedPoints;
        res.consumedPoints = doc.points;
        res.remainingPoints = Math.max(this.points - res.consumedPoints, 0);
        res.msBeforeNext = doc.expire !== null ? Math.max(new Date(doc.expire).getTime() - Date.now(), 0) : -1;
        return res;
      }
      async _upsert(key, points, msDuration, forceExpire = false) {
        if (!this.drizzleClient) {
          return Promise.reject(new RateLimiterDrizzleError("Drizzle client is not established"));
        }
        const { eq } = await getDrizzleOperators();
        const now = /* @__PURE__ */ new Date();
        const newExpire = msDuration > 0 ? new Date(now.getTime() + msDuration) : null;
        const [existingRecord] = await this.drizzleClient.select().from(this.schema).where(eq(this.schema.key, key)).limit(1);
        const shouldUpdateExpire = forceExpire || !existingRecord || existingRecord.expire !== null && existingRecord.expire <= now;
        let newPoints;
        if (existingRecord && !shouldUpdateExpire) {
          newPoints = existingRecord.points + points;
        } else {
          newPoints = points;
        }
        const [data] = await this.drizzleClient.insert(this.schema).values({
          key,
          points: newPoints,
          expire: newExpire
        }).onConflictDoUpdate({
          target: this.schema.key,
          set: {
            points: newPoints,
            ...shouldUpdateExpire && { expire: newExpire }
          }
        }).returning();
        return data;
      }
      async _get(rlKey) {
        if (!this.drizzleClient) {
          return Promise.reject(new RateLimiterDrizzleError("Drizzle client is not established"));
        }
        const { and, or: or2, gt, eq, isNull } = await getDrizzleOperators();
        const [response] = await this.drizzleClient.select().from(this.schema).where(
          and(
            eq(this.schema.key, rlKey),
            or2(gt(this.schema.expire, /* @__PURE__ */ new Date()), isNull(this.schema.expire))
          )
        ).limit(1);
        return response || null;
      }
      async _delete(rlKey) {
        if (!this.drizzleClient) {
          return Promise.reject(new RateLimiterDrizzleError("Drizzle client is not established"));
        }
        const { eq } = await getDrizzleOperators();
        const [result] = await this.drizzleClient.delete(this.schema).where(eq(this.schema.key, rlKey)).returning({ key: this.schema.key });
        return !!(result && result.key);
      }
      _clearExpiredHourAgo() {
        if (this._clearExpiredTimeoutId) {
          clearTimeout(this._clearExpiredTimeoutId);
        }
        this._clearExpiredTimeoutId = setTimeout(async () => {
          try {
            const { lt } = await getDrizzleOperators();
            await this.drizzleClient.delete(this.schema).where(lt(this.schema.expire, new Date(Date.now() - EXPIRED_THRESHOLD_MS)));
          } catch (error) {
            console.warn("Failed to clear expired records:", error);
          }
          this._clearExpiredHourAgo();
        }, CLEANUP_INTERVAL_MS);
        this._clearExpiredTimeoutId.unref();
      }
    };
    module.exports = RateLimiterDrizzleNonAtomic;
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterValkey.js
var require_RateLimiterValkey = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterValkey.js"(exports, module) {
    var RateLimiterStoreAbstract = require_RateLimiterStoreAbstract();
    var RateLimiterRes2 = require_RateLimiterRes();
    var incrTtlLuaScript = `
server.call('set', KEYS[1], 0, 'EX', ARGV[2], 'NX')
local consumed = server.call('incrby', KEYS[1], ARGV[1])
local ttl = server.call('pttl', KEYS[1])
return {consumed, ttl}
`;
    var RateLimiterValkey = class extends RateLimiterStoreAbstract {
      /**
       *
       * @param {Object} opts
       * Defaults {
       *   ... see other in RateLimiterStoreAbstract
       *
       *   storeClient: ValkeyClient
       *   rejectIfValkeyNotReady: boolean = false - reject / invoke insuranceLimiter immediately when valkey connection is not "ready"
       * }
       */
      constructor(opts) {
        super(opts);
        this.client = opts.storeClient;
        this._rejectIfValkeyNotReady = !!opts.rejectIfValkeyNotReady;
        this._incrTtlLuaScript = opts.customIncrTtlLuaScript || incrTtlLuaScript;
        this.client.defineCommand("rlflxIncr", {
          numberOfKeys: 1,
          lua: this._incrTtlLuaScript
        });
      }
      /**
       * Prevent actual valkey call if valkey connection is not ready
       * @return {boolean}
       * @private
       */
      _isValkeyReady() {
        if (!this._rejectIfValkeyNotReady) {
          return true;
        }
        return this.client.status === "ready";
      }
      _getRateLimiterRes(rlKey, changedPoints, result) {
        let consumed;
        let resTtlMs;
        if (Array.isArray(result[0])) {
          [[, consumed], [, resTtlMs]] = result;
        } else {
          [consumed, resTtlMs] = result;
        }
        const res = new RateLimiterRes2();
        res.consumedPoints = +consumed;
        res.isFirstInDuration = res.consumedPoints === changedPoints;
        res.remainingPoints = Math.max(this.points - res.consumedPoints, 0);
        res.msBeforeNext = resTtlMs;
        return res;
      }
      _upsert(rlKey, points, msDuration, forceExpire = false) {
        if (!this._isValkeyReady()) {
          throw new Error("Valkey connection is not ready");
        }
        const secDuration = Math.floor(msDuration / 1e3);
        if (forceExpire) {
          const multi = this.client.multi();
          if (secDuration > 0) {
            multi.set(rlKey, points, "EX", secDuration);
          } else {
            multi.set(rlKey, points);
          }
          return multi.pttl(rlKey).exec();
        }
        if (secDuration > 0) {
          return this.client.rlflxIncr([rlKey, String(points), String(secDuration), String(this.points), String(this.duration)]);
        }
        return this.client.multi().incrby(rlKey, points).pttl(rlKey).exec();
      }
      _get(rlKey) {
        if (!this._isValkeyReady()) {
          throw new Error("Valkey connection is not ready");
        }
        return this.client.multi().get(rlKey).pttl(rlKey).exec().then((result) => {
          const [[, points]] = result;
          if (points === null) return null;
          return result;
        });
      }
      _delete(rlKey) {
        return this.client.del(rlKey).then((result) => result > 0);
      }
    };
    module.exports = RateLimiterValkey;
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterValkeyGlide.js
var require_RateLimiterValkeyGlide = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterValkeyGlide.js"(exports, module) {
    var RateLimiterStoreAbstract = require_RateLimiterStoreAbstract();
    var RateLimiterRes2 = require_RateLimiterRes();
    var DEFAULT_LIBRARY_NAME = "ratelimiterflexible";
    var DEFAULT_VALKEY_SCRIPT = `local key = KEYS[1]
local pointsToConsume = tonumber(ARGV[1])
if tonumber(ARGV[2]) > 0 then
  server.call('set', key, "0", 'EX', ARGV[2], 'NX')
  local consumed = server.call('incrby', key, pointsToConsume)
  local pttl = server.call('pttl', key)
  return {consumed, pttl}
end
local consumed = server.call('incrby', key, pointsToConsume)
local pttl = server.call('pttl', key)
return {consumed, pttl}`;
    var GET_VALKEY_SCRIPT = `local key = KEYS[1]
local value = server.call('get', key)
if value == nil then
  return value
end
local pttl = server.call('pttl', key)
return {tonumber(value), pttl}`;
    var RateLimiterValkeyGlide = class extends RateLimiterStoreAbstract {
      /**
       * Constructor for RateLimiterValkeyGlide
       *
       * @param {Object} opts - Configuration options
       * @param {GlideClient|GlideClusterClient} opts.storeClient - Valkey Glide client instance (required)
       * @param {number} opts.points - Maximum number of points that can be consumed over duration (required)
       * @param {number} opts.duration - Duration in seconds before points are reset (required, 0 = never expires)
       * @param {number} [opts.blockDuration=0] - Duration in seconds that a key will be blocked for if consumed more than points
       * @param {boolean} [opts.rejectIfValkeyNotReady=false] - Whether to reject requests if Valkey is not ready
       * @param {boolean} [opts.execEvenly=false] - Delay actions to distribute them evenly over duration
       * @param {number} [opts.execEvenlyMinDelayMs] - Minimum delay between actions when execEvenly is true
       * @param {string} [opts.customFunction] - Custom Lua script for rate limiting logic
       * @param {number} [opts.inMemoryBlockOnConsumed] - Points threshold for in-memory blocking
       * @param {number} [opts.inMemoryBlockDuration] - Duration in seconds for in-memory blocking
       * @param {string} [opts.customFunctionLibName] - Custom name for the function library, defaults to 'ratelimiter'.
       * The name is used to identify the library of the lua function. An custom name should be used only if you
       * you want to use different libraries for different rate limiters, otherwise it is not needed.
       * @param {RateLimiterAbstract} [opts.insuranceLimiter] - Backup limiter to use when the primary client fails
       *
       * @example
       * const rateLimiter = new RateLimiterValkeyGlide({
       *   storeClient: glideClient,
       *   points: 5,
       *   duration: 1
       * });
       *
       * @example <caption>With custom Lua function</caption>
       * const customScript = `local key = KEYS[1]
       * local pointsToConsume = tonumber(ARGV[1]) or 0
       * local secDuration = tonumber(ARGV[2]) or 0
       *
       * -- Custom implementation
       * -- ...
       *
       * -- Must return exactly two values: [consumed_points, ttl_in_ms]
       * return {consumed, ttl}`
       *
       * const rateLimiter = new RateLimiterValkeyGlide({
       *   storeClient: glideClient,
       *   points: 5,
       *   customFunction: customScript
       * });
       *
       * @example <caption>With insurance limiter</caption>
       * const rateLimiter = new RateLimiterValkeyGlide({
       *   storeClient: primaryGlideClient,
       *   points: 5,
       *   duration: 2,
       *   insuranceLimiter: new RateLimiterMemory({
       *     points: 5,
       *     duration: 2
       *   })
       * });
       *
       * @description
       * When providing a custom Lua script via `opts.customFunction`, it must:
       *
       * 1. Accept parameters:
       *    - KEYS[1]: The key being rate limited
       *    - ARGV[1]: Points to consume (as string, use tonumber() to convert)
       *    - ARGV[2]: Duration in seconds (as string, use tonumber() to convert)
       *
       * 2. Return an array with exactly two elements:
       *    - [0]: Consumed points (number)
       *    - [1]: TTL in milliseconds (number)
       *
       * 3. Handle scenarios:
       *    - New key creation: Initialize with expiry for fixed windows
       *    - Key updates: Increment existing counters
       */
      constructor(opts) {
        super(opts);
        this.client = opts.storeClient;
        this._scriptLoaded = false;
        this._getScriptLoaded = false;
        this._rejectIfValkeyNotReady = !!opts.rejectIfValkeyNotReady;
        this._luaScript = opts.customFunction || DEFAULT_VALKEY_SCRIPT;
        this._libraryName = opts.customFunctionLibName || DEFAULT_LIBRARY_NAME;
      }
      /**
       * Ensure scripts are loaded in the Valkey server
       * @returns {Promise<boolean>} True if scripts are loaded
       * @private
       */
      async _loadScripts() {
        if (this._scriptLoaded && this._getScriptLoaded) {
          return true;
        }
        if (!this.client) {
          throw new Error("Valkey client is not set");
        }
        const promises = [];
        if (!this._scriptLoaded) {
          const script = Buffer.from(`#!lua name=${this._libraryName}
        local function consume(KEYS, ARGV)
          ${this._luaScript.trim()}
        end
        server.register_function('consume', consume)`);
          promises.push(this.client.functionLoad(script, { replace: true }));
        } else promises.push(Promise.resolve(this._libraryName));
        if (!this._getScriptLoaded) {
          const script = Buffer.from(`#!lua name=ratelimiter_get
        local function getValue(KEYS, ARGV)
          ${GET_VALKEY_SCRIPT.trim()}
        end
        server.register_function('getValue', getValue)`);
          promises.push(this.client.functionLoad(script, { replace: true }));
        } else promises.push(Promise.resolve("ratelimiter_get"));
        const results = await Promise.all(promises);
        this._scriptLoaded = results[0] === this._libraryName;
        this._getScriptLoaded = results[1] === "ratelimiter_get";
        if (!this._scriptLoaded || !this._getScriptLoaded) {
          throw new Error("Valkey connection is not ready, scripts not loaded");
        }
        return true;
      }
      /**
       * Update or insert the rate limiter record
       *
       * @param {string} rlKey - The rate limiter key
       * @param {number} pointsToConsume - Points to be consumed
       * @param {number} msDuration - Duration in milliseconds
       * @param {boolean} [forceExpire=false] - Whether to force expiration
       * @param {Object} [options={}] - Additional options
       * @returns {Promise<Array>} Array containing consumed points and TTL
       * @private
       */
      async _upsert(rlKey, pointsToConsume, msDuration, forceExpire = false, options = {}) {
        await this._loadScripts();
        const secDuration = Math.floor(msDuration / 1e3);
        if (forceExpire) {
          if (secDuration > 0) {
            await this.client.set(
              rlKey,
              String(pointsToConsume),
              { expiry: { type: "EX", count: secDuration } }
            );
            return [pointsToConsume, secDuration * 1e3];
          }
          await this.client.set(rlKey, String(pointsToConsume));
          return [pointsToConsume, -1];
        }
        const result = await this.client.fcall(
          "consume",
          [rlKey],
          [String(pointsToConsume), String(secDuration)]
        );
        return result;
      }
      /**
       * Get the rate limiter record
       *
       * @param {string} rlKey - The rate limiter key
       * @param {Object} [options={}] - Additional options
       * @returns {Promise<Array|null>} Array containing consumed points and TTL, or null if not found
       * @private
       */
      async _get(rlKey, options = {}) {
        await this._loadScripts();
        const res = await this.client.fcall("getValue", [rlKey], []);
        return res.length > 0 ? res : null;
      }
      /**
       * Delete the rate limiter record
       *
       * @param {string} rlKey - The rate limiter key
       * @param {Object} [options={}] - Additional options
       * @returns {Promise<boolean>} True if successful, false otherwise
       * @private
       */
      async _delete(rlKey, options = {}) {
        const result = await this.client.del([rlKey]);
        return result > 0;
      }
      /**
       * Convert raw result to RateLimiterRes object
       *
       * @param {string} rlKey - The rate limiter key
       * @param {number} changedPoints - Points changed in this operation
       * @param {Array|null} result - Result from Valkey operation
       * @returns {RateLimiterRes|null} RateLimiterRes object or null if result is null
       * @private
       */
      _getRateLimiterRes(rlKey, changedPoints, result) {
        if (result === null) {
          return null;
        }
        const res = new RateLimiterRes2();
        const [consumedPointsStr, pttl] = result;
        const consumedPoints = Number(consumedPointsStr);
        res.isFirstInDuration = consumedPoints === changedPoints;
        res.consumedPoints = consumedPoints;
        res.remainingPoints = Math.max(this.points - res.consumedPoints, 0);
        res.msBeforeNext = pttl;
        return res;
      }
      /**
       * Close the rate limiter and release resources
       * Note: The method won't going to close the Valkey client, as it may be shared with other instances.
       * @returns {Promise<void>} Promise that resolves when the rate limiter is closed
       */
      async close() {
        if (this._scriptLoaded) {
          await this.client.functionDelete(this._libraryName);
          this._scriptLoaded = false;
        }
        if (this._getScriptLoaded) {
          await this.client.functionDelete("ratelimiter_get");
          this._getScriptLoaded = false;
        }
        if (this.insuranceLimiter) {
          try {
            await this.insuranceLimiter.close();
          } catch (e) {
          }
        }
        this.client = null;
        this._scriptLoaded = false;
        this._getScriptLoaded = false;
        this._rejectIfValkeyNotReady = false;
        this._luaScript = null;
        this._libraryName = null;
        this.insuranceLimiter = null;
      }
    };
    module.exports = RateLimiterValkeyGlide;
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterSQLite.js
var require_RateLimiterSQLite = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterSQLite.js"(exports, module) {
    var RateLimiterStoreAbstract = require_RateLimiterStoreAbstract();
    var RateLimiterRes2 = require_RateLimiterRes();
    var RateLimiterSQLite = class extends RateLimiterStoreAbstract {
      /**
       * Internal store type used to determine the SQLite client in use.
       * It can be one of the following:
       * - `"sqlite3".
       * - `"better-sqlite3".
       *
       * @type {("sqlite3" | "better-sqlite3" | null)}
       * @private
       */
      _internalStoreType = null;
      /**
       * @callback callback
       * @param {Object} err
       *
       * @param {Object} opts
       * @param {callback} cb
       * Defaults {
       *   ... see other in RateLimiterStoreAbstract
       *   storeClient: sqliteClient, // SQLite database instance (sqlite3, better-sqlite3, or knex instance)
       *   storeType: 'sqlite3' | 'better-sqlite3' | 'knex', // Optional, defaults to 'sqlite3'
       *   tableName: 'string',
       *   tableCreated: boolean,
       *   clearExpiredByTimeout: boolean,
       * }
       */
      constructor(opts, cb = null) {
        super(opts);
        this.client = opts.storeClient;
        this.storeType = opts.storeType || "sqlite3";
        this.tableName = opts.tableName;
        this.tableCreated = opts.tableCreated || false;
        this.clearExpiredByTimeout = opts.clearExpiredByTimeout;
        this._validateStoreTypes(cb);
        this._validateStoreClient(cb);
        this._setInternalStoreType(cb);
        this._validateTableName(cb);
        if (!this.tableCreated) {
          this._createDbAndTable().then(() => {
            this.tableCreated = true;
            if (this.clearExpiredByTimeout) this._clearExpiredHourAgo();
            if (typeof cb === "function") cb();
          }).catch((err) => {
            if (typeof cb === "function") cb(err);
            else throw err;
          });
        } else {
          if (this.clearExpiredByTimeout) this._clearExpiredHourAgo();
          if (typeof cb === "function") cb();
        }
      }
      _validateStoreTypes(cb) {
        const validStoreTypes = ["sqlite3", "better-sqlite3", "knex"];
        if (!validStoreTypes.includes(this.storeType)) {
          const err = new Error(
            `storeType must be one of: ${validStoreTypes.join(", ")}`
          );
          if (typeof cb === "function") return cb(err);
          throw err;
        }
      }
      _validateStoreClient(cb) {
        if (this.storeType === "sqlite3") {
          if (typeof this.client.run !== "function") {
            const err = new Error(
              "storeClient must be an instance of sqlite3.Database when storeType is 'sqlite3' or no storeType was provided"
            );
            if (typeof cb === "function") return cb(err);
            throw err;
          }
        } else if (this.storeType === "better-sqlite3") {
          if (typeof this.client.prepare !== "function" || typeof this.client.run !== "undefined") {
            const err = new Error(
              "storeClient must be an instance of better-sqlite3.Database when storeType is 'better-sqlite3'"
            );
            if (typeof cb === "function") return cb(err);
            throw err;
          }
        } else if (this.storeType === "knex") {
          if (typeof this.client.raw !== "function") {
            const err = new Error(
              "storeClient must be an instance of Knex when storeType is 'knex'"
            );
            if (typeof cb === "function") return cb(err);
            throw err;
          }
        }
      }
      _setInternalStoreType(cb) {
        if (this.storeType === "knex") {
          const knexClientType = this.client.client.config.client;
          if (knexClientType === "sqlite3") {
            this._internalStoreType = "sqlite3";
          } else if (knexClientType === "better-sqlite3") {
            this._internalStoreType = "better-sqlite3";
          } else {
            const err = new Error(
              "Knex must be configured with 'sqlite3' or 'better-sqlite3' for RateLimiterSQLite"
            );
            if (typeof cb === "function") return cb(err);
            throw err;
          }
        } else {
          this._internalStoreType = this.storeType;
        }
      }
      _validateTableName(cb) {
        if (!/^[A-Za-z0-9_]*$/.test(this.tableName)) {
          const err = new Error("Table name must contain only letters and numbers");
          if (typeof cb === "function") return cb(err);
          throw err;
        }
      }
      /**
       * Acquires the database connection based on the storeType.
       * @returns {Promise<Object>} The database client or connection
       */
      async _getConnection() {
        if (this.storeType === "knex") {
          return this.client.client.acquireConnection();
        }
        return this.client;
      }
      /**
       * Releases the database connection if necessary.
       * @param {Object} conn The database client or connection
       */
      _releaseConnection(conn) {
        if (this.storeType === "knex") {
          this.client.client.releaseConnection(conn);
        }
      }
      async _createDbAndTable() {
        const conn = await this._getConnection();
        try {
          switch (this._internalStoreType) {
            case "sqlite3":
              await new Promise((resolve, reject) => {
                conn.run(
                  this._getCreateTableSQL(),
                  (err) => err ? reject(err) : resolve()
                );
              });
              break;
            case "better-sqlite3":
              conn.prepare(this._getCreateTableSQL()).run();
              break;
            default:
              throw new Error("Unsupported internalStoreType");
          }
        } finally {
          this._releaseConnection(conn);
        }
      }
      _getCreateTableSQL() {
        return `CREATE TABLE IF NOT EXISTS ${this.tableName} (
      key TEXT PRIMARY KEY,
      points INTEGER NOT NULL DEFAULT 0,
      expire INTEGER
    )`;
      }
      _clearExpiredHourAgo() {
        if (this._clearExpiredTimeoutId) clearTimeout(this._clearExpiredTimeoutId);
        this._clearExpiredTimeoutId = setTimeout(() => {
          this.clearExpired(Date.now() - 36e5).then(() => this._clearExpiredHourAgo());
        }, 3e5);
        this._clearExpiredTimeoutId.unref();
      }
      async clearExpired(nowMs) {
        const sql = `DELETE FROM ${this.tableName} WHERE expire < ?`;
        const conn = await this._getConnection();
        try {
          switch (this._internalStoreType) {
            case "sqlite3":
              await new Promise((resolve, reject) => {
                conn.run(sql, [nowMs], (err) => err ? reject(err) : resolve());
              });
              break;
            case "better-sqlite3":
              conn.prepare(sql).run(nowMs);
              break;
            default:
              throw new Error("Unsupported internalStoreType");
          }
        } finally {
          this._releaseConnection(conn);
        }
      }
      _getRateLimiterRes(rlKey, changedPoints, result) {
        const res = new RateLimiterRes2();
        res.isFirstInDuration = changedPoints === result.points;
        res.consumedPoints = res.isFirstInDuration ? changedPoints : result.points;
        res.remainingPoints = Math.max(this.points - res.consumedPoints, 0);
        res.msBeforeNext = result.expire ? Math.max(result.expire - Date.now(), 0) : -1;
        return res;
      }
      async _upsertTransactionSQLite3(conn, upsertQuery, upsertParams) {
        return await new Promise((resolve, reject) => {
          conn.serialize(() => {
            conn.run("SAVEPOINT rate_limiter_trx;", (err) => {
              if (err) return reject(err);
              conn.get(upsertQuery, upsertParams, (err2, row) => {
                if (err2) {
                  conn.run(
                    "ROLLBACK TO SAVEPOINT rate_limiter_trx;",
                    () => reject(err2)
                  );
                  return;
                }
                conn.run("RELEASE SAVEPOINT rate_limiter_trx;", () => resolve(row));
              });
            });
          });
        });
      }
      async _upsertTransactionBetterSQLite3(conn, upsertQuery, upsertParams) {
        return conn.transaction(
          () => conn.prepare(upsertQuery).get(...upsertParams)
        )();
      }
      async _upsertTransaction(rlKey, points, msDuration, forceExpire) {
        const dateNow = Date.now();
        const newExpire = msDuration > 0 ? dateNow + msDuration : null;
        const upsertQuery = forceExpire ? `INSERT OR REPLACE INTO ${this.tableName} (key, points, expire) VALUES (?, ?, ?) RETURNING points, expire` : `INSERT INTO ${this.tableName} (key, points, expire)
         VALUES (?, ?, ?)
         ON CONFLICT(key) DO UPDATE SET
           points = CASE WHEN expire IS NULL OR expire > ? THEN points + excluded.points ELSE excluded.points END,
           expire = CASE WHEN expire IS NULL OR expire > ? THEN expire ELSE excluded.expire END
         RETURNING points, expire`;
        const upsertParams = forceExpire ? [rlKey, points, newExpire] : [rlKey, points, newExpire, dateNow, dateNow];
        const conn = await this._getConnection();
        try {
          switch (this._internalStoreType) {
            case "sqlite3":
              return this._upsertTransactionSQLite3(
                conn,
                upsertQuery,
                upsertParams
              );
            case "better-sqlite3":
              return this._upsertTransactionBetterSQLite3(
                conn,
                upsertQuery,
                upsertParams
              );
            default:
              throw new Error("Unsupported internalStoreType");
          }
        } finally {
          this._releaseConnection(conn);
        }
      }
      _upsert(rlKey, points, msDuration, forceExpire = false) {
        if (!this.tableCreated) {
          return Promise.reject(new Error("Table is not created yet"));
        }
        return this._upsertTransaction(rlKey, points, msDuration, forceExpire);
      }
      async _get(rlKey) {
        const sql = `SELECT points, expire FROM ${this.tableName} WHERE key = ? AND (expire > ? OR expire IS NULL)`;
        const now = Date.now();
        const conn = await this._getConnection();
        try {
          switch (this._internalStoreType) {
            case "sqlite3":
              return await new Promise((resolve, reject) => {
                conn.get(
                  sql,
                  [rlKey, now],
                  (err, row) => err ? reject(err) : resolve(row || null)
                );
              });
            case "better-sqlite3":
              return conn.prepare(sql).get(rlKey, now) || null;
            default:
              throw new Error("Unsupported internalStoreType");
          }
        } finally {
          this._releaseConnection(conn);
        }
      }
      async _delete(rlKey) {
        if (!this.tableCreated) {
          return Promise.reject(new Error("Table is not created yet"));
        }
        const sql = `DELETE FROM ${this.tableName} WHERE key = ?`;
        const conn = await this._getConnection();
        try {
          switch (this._internalStoreType) {
            case "sqlite3":
              return await new Promise((resolve, reject) => {
                conn.run(sql, [rlKey], function(err) {
                  if (err) reject(err);
                  else resolve(this.changes > 0);
                });
              });
            case "better-sqlite3":
              const result = conn.prepare(sql).run(rlKey);
              return result.changes > 0;
            default:
              throw new Error("Unsupported internalStoreType");
          }
        } finally {
          this._releaseConnection(conn);
        }
      }
    };
    module.exports = RateLimiterSQLite;
  }
});

// node_modules/rate-limiter-flexible/lib/component/RateLimiterEtcdTransactionFailedError.js
var require_RateLimiterEtcdTransactionFailedError = __commonJS({
  "node_modules/rate-limiter-flexible/lib/component/RateLimiterEtcdTransactionFailedError.js"(exports, module) {
    module.exports = class RateLimiterEtcdTransactionFailedError extends Error {
      constructor(message) {
        super();
        if (Error.captureStackTrace) {
          Error.captureStackTrace(this, this.constructor);
        }
        this.name = "RateLimiterEtcdTransactionFailedError";
        this.message = message;
      }
    };
  }
});

// node_modules/rate-limiter-flexible/lib/component/RateLimiterSetupError.js
var require_RateLimiterSetupError = __commonJS({
  "node_modules/rate-limiter-flexible/lib/component/RateLimiterSetupError.js"(exports, module) {
    module.exports = class RateLimiterSetupError extends Error {
      constructor(message) {
        super();
        if (Error.captureStackTrace) {
          Error.captureStackTrace(this, this.constructor);
        }
        this.name = "RateLimiterSetupError";
        this.message = message;
      }
    };
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterEtcdNonAtomic.js
var require_RateLimiterEtcdNonAtomic = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterEtcdNonAtomic.js"(exports, module) {
    var RateLimiterStoreAbstract = require_RateLimiterStoreAbstract();
    var RateLimiterRes2 = require_RateLimiterRes();
    var RateLimiterSetupError = require_RateLimiterSetupError();
    var RateLimiterEtcdNonAtomic = class extends RateLimiterStoreAbstract {
      /**
       * @param {Object} opts
       */
      constructor(opts) {
        super(opts);
        if (!opts.storeClient) {
          throw new RateLimiterSetupError('You need to set the option "storeClient" to an instance of class "Etcd3".');
        }
        this.client = opts.storeClient;
      }
      /**
       * Get RateLimiterRes object filled depending on storeResult, which specific for exact store.
       */
      _getRateLimiterRes(rlKey, changedPoints, result) {
        const res = new RateLimiterRes2();
        res.isFirstInDuration = changedPoints === result.points;
        res.consumedPoints = res.isFirstInDuration ? changedPoints : result.points;
        res.remainingPoints = Math.max(this.points - res.consumedPoints, 0);
        res.msBeforeNext = result.expire ? Math.max(result.expire - Date.now(), 0) : -1;
        return res;
      }
      /**
       * Resolve with object used for {@link _getRateLimiterRes} to generate {@link RateLimiterRes}.
       */
      async _upsert(rlKey, points, msDuration, forceExpire = false) {
        const expire = msDuration > 0 ? Date.now() + msDuration : null;
        let newValue = { points, expire };
        if (forceExpire) {
          await this.client.put(rlKey).value(JSON.stringify(newValue));
        } else {
          const oldValue = await this._get(rlKey);
          newValue = { points: (oldValue !== null ? oldValue.points : 0) + points, expire };
          await this.client.put(rlKey).value(JSON.stringify(newValue));
        }
        return newValue;
      }
      /**
       * Resolve with raw result from Store OR null if rlKey is not set
       * or Reject with error
       */
      async _get(rlKey) {
        return this.client.get(rlKey).string().then((result) => result !== null ? JSON.parse(result) : null);
      }
      /**
       * Resolve with true OR false if rlKey doesn't exist.
       * or Reject with error.
       */
      async _delete(rlKey) {
        return this.client.delete().key(rlKey).then((result) => result.deleted === "1");
      }
    };
    module.exports = RateLimiterEtcdNonAtomic;
  }
});

// node_modules/rate-limiter-flexible/lib/RateLimiterEtcd.js
var require_RateLimiterEtcd = __commonJS({
  "node_modules/rate-limiter-flexible/lib/RateLimiterEtcd.js"(exports, module) {
    var RateLimiterEtcdTransactionFailedError = require_RateLimiterEtcdTransactionFailedError();
    var RateLimiterEtcdNonAtomic = require_RateLimiterEtcdNonAtomic();
    var MAX_TRANSACTION_TRIES = 5;
    var RateLimiterEtcd = class extends RateLimiterEtcdNonAtomic {
      /**
       * Resolve with object used for {@link _getRateLimiterRes} to generate {@link RateLimiterRes}.
       */
      async _upsert(rlKey, points, msDuration, forceExpire = false) {
        const expire = msDuration > 0 ? Date.now() + msDuration : null;
        let newValue = { points, expire };
        let oldValue;
        if (forceExpire) {
          await this.client.put(rlKey).value(JSON.stringify(newValue));
        } else {
          const added = await this.client.if(rlKey, "Version", "===", "0").then(this.client.put(rlKey).value(JSON.stringify(newValue))).commit().then((result) => !!result.succeeded);
          if (!added) {
            let success = false;
            for (let i = 0; i < MAX_TRANSACTION_TRIES; i++) {
              oldValue = await this._get(rlKey);
              newValue = { points: oldValue.points + points, expire };
              success = await this.client.if(rlKey, "Value", "===", JSON.stringify(oldValue)).then(this.client.put(rlKey).value(JSON.stringify(newValue))).commit().then((result) => !!result.succeeded);
              if (success) {
                break;
              }
            }
            if (!success) {
              throw new RateLimiterEtcdTransactionFailedError("Could not set new value in a transaction.");
            }
          }
        }
        return newValue;
      }
    };
    module.exports = RateLimiterEtcd;
  }
});

// node_modules/rate-limiter-flexible/index.js
var require_rate_limiter_flexible = __commonJS({
  "node_modules/rate-limiter-flexible/index.js"(exports, module) {
    var RateLimiterRedis2 = require_RateLimiterRedis();
    var RateLimiterRedisNonAtomic = require_RateLimiterRedisNonAtomic();
    var RateLimiterMongo = require_RateLimiterMongo();
    var RateLimiterMySQL = require_RateLimiterMySQL();
    var RateLimiterPostgres = require_RateLimiterPostgres();
    var { RateLimiterClusterMaster, RateLimiterClusterMasterPM2, RateLimiterCluster } = require_RateLimiterCluster();
    var RateLimiterMemory2 = require_RateLimiterMemory();
    var RateLimiterMemcache = require_RateLimiterMemcache();
    var RLWrapperBlackAndWhite = require_RLWrapperBlackAndWhite();
    var RLWrapperTimeouts = require_RLWrapperTimeouts();
    var RateLimiterUnion = require_RateLimiterUnion();
    var RateLimiterQueue = require_RateLimiterQueue();
    var BurstyRateLimiter = require_BurstyRateLimiter();
    var RateLimiterRes2 = require_RateLimiterRes();
    var RateLimiterCompatibleAbstract = require_RateLimiterCompatibleAbstract();
    var RateLimiterDynamo = require_RateLimiterDynamo();
    var RateLimiterPrisma = require_RateLimiterPrisma();
    var RateLimiterDrizzle = require_RateLimiterDrizzle();
    var RateLimiterDrizzleNonAtomic = require_RateLimiterDrizzleNonAtomic();
    var RateLimiterValkey = require_RateLimiterValkey();
    var RateLimiterValkeyGlide = require_RateLimiterValkeyGlide();
    var RateLimiterSQLite = require_RateLimiterSQLite();
    var RateLimiterEtcd = require_RateLimiterEtcd();
    var RateLimiterEtcdNonAtomic = require_RateLimiterEtcdNonAtomic();
    var RateLimiterQueueError = require_RateLimiterQueueError();
    var RateLimiterEtcdTransactionFailedError = require_RateLimiterEtcdTransactionFailedError();
    module.exports = {
      RateLimiterRedis: RateLimiterRedis2,
      RateLimiterRedisNonAtomic,
      RateLimiterMongo,
      RateLimiterMySQL,
      RateLimiterPostgres,
      RateLimiterMemory: RateLimiterMemory2,
      RateLimiterMemcache,
      RateLimiterClusterMaster,
      RateLimiterClusterMasterPM2,
      RateLimiterCluster,
      RLWrapperBlackAndWhite,
      RLWrapperTimeouts,
      RateLimiterUnion,
      RateLimiterQueue,
      BurstyRateLimiter,
      RateLimiterRes: RateLimiterRes2,
      RateLimiterCompatibleAbstract,
      RateLimiterDynamo,
      RateLimiterPrisma,
      RateLimiterValkey,
      RateLimiterValkeyGlide,
      RateLimiterSQLite,
      RateLimiterEtcd,
      RateLimiterDrizzle,
      RateLimiterDrizzleNonAtomic,
      RateLimiterEtcdNonAtomic,
      RateLimiterQueueError,
      RateLimiterEtcdTransactionFailedError
    };
  }
});

// models/account/erasure.sql.ts
var BATCH = 20;
var DELETIONS = [
  "totp_secrets",
  "recovery_codes",
  "account_links",
  "mail_pace",
  "verified_emails",
  "user_roles",
  "identities",
  "disabled_accounts"
].map((table) => `DELETE FROM ${table} WHERE user_id = ?`);
function createErasureTable(db) {
  const at = toPreciseSqlTime;
  return {
    async plan(userId, time, dueAt) {
      await db.run("REPLACE INTO erasures (user_id, planned_at, due_at) VALUES (?, ?, ?)", [
        ...[userId, at(time), at(dueAt)]
      ]);
    },
    async findDue(time) {
      const rows = await db.query(
        `SELECT user_id, due_at, erased_at FROM erasures WHERE due_at <= ? ORDER BY due_at LIMIT ${BATCH}`,
        [at(time)]
      );
      return rows.map((row) => ({
        userId: Number(row.user_id),
        dueAt: String(row.due_at),
        isSecond: row.erased_at !== null
      }));
    },
    /** Moves a due erasure to a later time; false when another process did it first. */
    async claim({ userId, dueAt }, next) {
      const { affectedRows } = await db.run(
        "UPDATE erasures SET due_at = ? WHERE user_id = ? AND due_at = ?",
        [at(next), userId, dueAt]
      );
      return affectedRows === 1;
    },
    async noteFirst(userId, time, dueAt) {
      await db.run("UPDATE erasures SET erased_at = ?, due_at = ? WHERE user_id = ?", [
        ...[at(time), at(dueAt), userId]
      ]);
    },
    async finish(userId) {
      await db.run("DELETE FROM erasures WHERE user_id = ?", [userId]);
    },
    /** Forgets a plan from before this time. */
    async dropPlan(userId, plannedBefore) {
      await db.run("DELETE FROM erasures WHERE user_id = ? AND planned_at <= ?", [userId, at(plannedBefore)]);
    },
    /** Whether the users row still has personal data. */
    async isOpen(userId) {
      const rows = await db.query(
        "SELECT id FROM users WHERE id = ? AND (name IS NOT NULL OR email IS NOT NULL OR password IS NOT NULL)",
        [userId]
      );
      return rows.length > 0;
    },
    /** Deletes from each table with personal data. */
    deletions: (userId) => DELETIONS.map((sql) => db.run(sql, [userId]))
  };
}

// models/account/erasure.model.ts
var SWEEP_MS = 5e3;
var RETRY_MS = 5e3;
var AGAIN_MS = 6e4;
var VOID_MS = 36e5;
function createErasureModel({ db, audit, log, now }) {
  const table = createErasureTable(db);
  let timer;
  let sweeping = Promise.resolve();
  async function removeAll(userId) {
    const results = await Promise.allSettled([...table.deletions(userId), audit.forget(userId)]);
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
  }
  async function eraseFirst(userId) {
    await removeAll(userId);
    await table.noteFirst(userId, now(), now() + AGAIN_MS);
  }
  async function eraseAgain(userId) {
    await removeAll(userId);
    await table.finish(userId);
  }
  async function work(due) {
    const { userId, isSecond } = due;
    if (!await table.claim(due, now() + RETRY_MS)) return;
    if (await table.isOpen(userId)) await table.dropPlan(userId, now() - VOID_MS);
    else await (isSecond ? eraseAgain(userId) : eraseFirst(userId));
  }
  async function sweep() {
    for (const due of await table.findDue(now())) {
      if (!timer) return;
      await work(due).catch((err) => warn(err, due.userId));
    }
  }
  function warn(err, userId) {
    log.warn({ err, user_id: userId }, "personal data of a closed account cannot be removed yet");
  }
  return {
    /**
     * Plans the erasure of an account. Call it before the users row is anonymized.
     * @throws {ApiError}
     * @throws {StoreError}
     */
    plan: (userId) => table.plan(userId, now(), now() + RETRY_MS),
    /** Erases a closed account now, or in a later sweep if that fails. Never throws. */
    async erase(userId) {
      await eraseFirst(userId).catch((err) => warn(err, userId));
    },
    /**
     * Sweeps now and then in this interval.
     * @param intervalMs 5000 unless given
     */
    start(intervalMs = SWEEP_MS) {
      const run = async () => {
        await sweep().catch(() => {
        });
        if (timer) timer = setTimeout(next, intervalMs).unref();
      };
      const next = () => {
        sweeping = run();
      };
      timer = setTimeout(next, 0).unref();
    },
    /** Stops the sweeps, and waits for one that runs. */
    async stop() {
      clearTimeout(timer);
      timer = void 0;
      await sweeping;
    }
  };
}

// models/session/refreshToken.model.ts
import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
var BYTES = 72;
var TAG_AT = 60;
var SECRET_AT = 28;
var REFRESH_TOKEN_FORM = new RegExp(`^[\\w-]{${BYTES * 4 / 3}}$`);
function createRefreshTokenModel(secret) {
  const derive2 = (purpose) => Buffer.from(hkdfSync("sha256", secret, "", purpose, 32));
  const tagKey = derive2("refresh token tag");
  const successorKey = derive2("refresh token successor");
  function build(head, tokenSecret) {
    const body = Buffer.concat([head, tokenSecret]);
    return fromBytes(Buffer.concat([body, tagOf(body)]));
  }
  function tagOf(body) {
    return createHmac("sha256", tagKey).update(body).digest().subarray(0, BYTES - TAG_AT);
  }
  return {
    /** The first token of a session: 256 random bits. */
    create(userId, sessionId, sessionEndsAt) {
      const head = Buffer.alloc(SECRET_AT);
      head.writeUIntBE(userId, 0, 6);
      head.write(sessionId.replaceAll("-", ""), 6, "hex");
      head.writeUIntBE(sessionEndsAt, 22, 6);
      return build(head, randomBytes(TAG_AT - SECRET_AT));
    },
    /**
     * The next token. It is derived from this one and a key, so there is only one, and nobody else can compute it.
     */
    successor({ text }) {
      const bytes = Buffer.from(text, "base64url");
      return build(bytes.subarray(0, SECRET_AT), createHmac("sha256", successorKey).update(bytes).digest());
    },
    /** Reads a token; null when it is not ours. */
    parse(text) {
      if (!REFRESH_TOKEN_FORM.test(text)) return null;
      const bytes = Buffer.from(text, "base64url");
      return timingSafeEqual(bytes.subarray(TAG_AT), tagOf(bytes.subarray(0, TAG_AT))) ? fromBytes(bytes) : null;
    }
  };
}
function fromBytes(bytes) {
  const id = bytes.toString("hex", 6, 22);
  const text = bytes.toString("base64url");
  return {
    userId: bytes.readUIntBE(0, 6),
    sessionId: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
    sessionEndsAt: bytes.readUIntBE(22, 6),
    hash: createHash("sha256").update(text).digest("hex"),
    text
  };
}

// models/session/token.model.ts
var import_jsonwebtoken = __toESM(require_jsonwebtoken(), 1);

// node_modules/lru-cache/dist/esm/node/index.min.js
import { tracingChannel as G, channel as P } from "node:diagnostics_channel";
var S = P("lru-cache:metrics");
var W = G("lru-cache");
var L = typeof performance == "object" && performance && typeof performance.now == "function" ? performance : Date;
var R = () => S.hasSubscribers || W.hasSubscribers;
var U = /* @__PURE__ */ new Set();
var M = typeof process == "object" && process ? process : {};
var k = (d8, e, t2, i) => {
  typeof M.emitWarning == "function" ? M.emitWarning(d8, e, t2, i) : console.error(`[${t2}] ${e}: ${d8}`);
};
var H = (d8) => !U.has(d8);
var T = (d8) => !!d8 && d8 === Math.floor(d8) && d8 > 0 && isFinite(d8);
var j = (d8) => T(d8) ? d8 <= Math.pow(2, 8) ? Uint8Array : d8 <= Math.pow(2, 16) ? Uint16Array : d8 <= Math.pow(2, 32) ? Uint32Array : d8 <= Number.MAX_SAFE_INTEGER ? O : null : null;
var O = class extends Array {
  constructor(e) {
    super(e), this.fill(0);
  }
};
var x = class d {
  heap;
  length;
  static #o = false;
  static create(e) {
    let t2 = j(e);
    if (!t2) return [];
    d.#o = true;
    let i = new d(e, t2);
    return d.#o = false, i;
  }
  constructor(e, t2) {
    if (!d.#o) throw new TypeError("instantiate Stack using Stack.create(n)");
    this.heap = new t2(e), this.length = 0;
  }
  push(e) {
    this.heap[this.length++] = e;
  }
  pop() {
    return this.heap[--this.length];
  }
};
var I = class d2 {
  #o;
  #c;
  #S;
  #O;
  #w;
  #M;
  #I;
  #m;
  get perf() {
    return this.#m;
  }
  ttl;
  ttlResolution;
  ttlAutopurge;
  updateAgeOnGet;
  updateAgeOnHas;
  allowStale;
  noDisposeOnSet;
  noUpdateTTL;
  maxEntrySize;
  sizeCalculation;
  noDeleteOnFetchRejection;
  noDeleteOnStaleGet;
  allowStaleOnFetchAbort;
  allowStaleOnFetchRejection;
  ignoreFetchAbort;
  backgroundFetchSize;
  #n;
  #b;
  #s;
  #i;
  #t;
  #l;
  #u;
  #a;
  #h;
  #y;
  #r;
  #_;
  #F;
  #d;
  #g;
  #T;
  #U;
  #f;
  #D;
  static unsafeExposeInternals(e) {
    return { starts: e.#F, ttls: e.#d, autopurgeTimers: e.#g, sizes: e.#_, keyMap: e.#s, keyList: e.#i, valList: e.#t, next: e.#l, prev: e.#u, get head() {
      return e.#a;
    }, get tail() {
      return e.#h;
    }, free: e.#y, isBackgroundFetch: (t2) => e.#e(t2), backgroundFetch: (t2, i, s, n2) => e.#P(t2, i, s, n2), moveToTail: (t2) => e.#L(t2), indexes: (t2) => e.#A(t2), rindexes: (t2) => e.#z(t2), isStale: (t2) => e.#p(t2) };
  }
  get max() {
    return this.#o;
  }
  get maxSize() {
    return this.#c;
  }
  get calculatedSize() {
    return this.#b;
  }
  get size() {
    return this.#n;
  }
  get fetchMethod() {
    return this.#M;
  }
  get memoMethod() {
    return this.#I;
  }
  get dispose() {
    return this.#S;
  }
  get onInsert() {
    return this.#O;
  }
  get disposeAfter() {
    return this.#w;
  }
  constructor(e) {
    let { max: t2 = 0, ttl: i, ttlResolution: s = 1, ttlAutopurge: n2, updateAgeOnGet: o, updateAgeOnHas: l2, allowStale: h3, dispose: r2, onInsert: c3, disposeAfter: m3, noDisposeOnSet: _3, noUpdateTTL: u2, maxSize: g2 = 0, maxEntrySize: f2 = 0, sizeCalculation: y3, fetchMethod: a2, memoMethod: w3, noDeleteOnFetchRejection: F2, noDeleteOnStaleGet: b3, allowStaleOnFetchRejection: p, allowStaleOnFetchAbort: A4, ignoreFetchAbort: z2, backgroundFetchSize: C2 = 1, perf: E2 } = e;
    if (this.backgroundFetchSize = C2, E2 !== void 0 && typeof E2?.now != "function") throw new TypeError("perf option must have a now() method if specified");
    if (this.#m = E2 ?? L, t2 !== 0 && !T(t2)) throw new TypeError("max option must be a nonnegative integer");
    let v2 = t2 ? j(t2) : Array;
    if (!v2) throw new Error("invalid max value: " + t2);
    if (this.#o = t2, this.#c = g2, this.maxEntrySize = f2 || this.#c, this.sizeCalculation = y3, this.sizeCalculation) {
      if (!this.#c && !this.maxEntrySize) throw new TypeError("cannot set sizeCalculation without setting maxSize or maxEntrySize");
      if (typeof this.sizeCalculation != "function") throw new TypeError("sizeCalculation set to non-function");
    }
    if (w3 !== void 0 && typeof w3 != "function") throw new TypeError("memoMethod must be a function if defined");
    if (this.#I = w3, a2 !== void 0 && typeof a2 != "function") throw new TypeError("fetchMethod must be a function if specified");
    if (this.#M = a2, this.#U = !!a2, this.#s = /* @__PURE__ */ new Map(), this.#i = Array.from({ length: t2 }).fill(void 0), this.#t = Array.from({ length: t2 }).fill(void 0), this.#l = new v2(t2), this.#u = new v2(t2), this.#a = 0, this.#h = 0, this.#y = x.create(t2), this.#n = 0, this.#b = 0, typeof r2 == "function" && (this.#S = r2), typeof c3 == "function" && (this.#O = c3), typeof m3 == "function" ? (this.#w = m3, this.#r = []) : (this.#w = void 0, this.#r = void 0), this.#T = !!this.#S, this.#D = !!this.#O, this.#f = !!this.#w, this.noDisposeOnSet = !!_3, this.noUpdateTTL = !!u2, this.noDeleteOnFetchRejection = !!F2, this.allowStaleOnFetchRejection = !!p, this.allowStaleOnFetchAbort = !!A4, this.ignoreFetchAbort = !!z2, this.maxEntrySize !== 0) {
      if (this.#c !== 0 && !T(this.#c)) throw new TypeError("maxSize must be a positive integer if specified");
      if (!T(this.maxEntrySize)) throw new TypeError("maxEntrySize must be a positive integer if specified");
      this.#X();
    }
    if (this.allowStale = !!h3, this.noDeleteOnStaleGet = !!b3, this.updateAgeOnGet = !!o, this.updateAgeOnHas = !!l2, this.ttlResolution = T(s) || s === 0 ? s : 1, this.ttlAutopurge = !!n2, this.ttl = i || 0, this.ttl) {
      if (!T(this.ttl)) throw new TypeError("ttl must be a positive integer if specified");
      this.#k();
    }
    if (this.#o === 0 && this.ttl === 0 && this.#c === 0) throw new TypeError("At least one of max, maxSize, or ttl is required");
    if (!this.ttlAutopurge && !this.#o && !this.#c) {
      let D = "LRU_CACHE_UNBOUNDED";
      H(D) && (U.add(D), k("TTL caching without ttlAutopurge, max, or maxSize can result in unbounded memory consumption.", "UnboundedCacheWarning", D, d2));
    }
  }
  getRemainingTTL(e) {
    return this.#s.has(e) ? 1 / 0 : 0;
  }
  #k() {
    let e = new O(this.#o), t2 = new O(this.#o);
    this.#d = e, this.#F = t2;
    let i = this.ttlAutopurge ? Array.from({ length: this.#o }) : void 0;
    this.#g = i, this.#H = (h3, r2, c3 = this.#m.now()) => {
      t2[h3] = r2 !== 0 ? c3 : 0, e[h3] = r2, s(h3, r2);
    }, this.#R = (h3) => {
      t2[h3] = e[h3] !== 0 ? this.#m.now() : 0, s(h3, e[h3]);
    };
    let s = this.ttlAutopurge ? (h3, r2) => {
      if (i?.[h3] && (clearTimeout(i[h3]), i[h3] = void 0), r2 && r2 !== 0 && i) {
        let c3 = setTimeout(() => {
          this.#p(h3) ? (this.#E(this.#i[h3], "expire"), i[h3] = void 0) : s(h3, l2(h3));
        }, r2 + 1);
        c3.unref && c3.unref(), i[h3] = c3;
      }
    } : () => {
    };
    this.#v = (h3, r2) => {
      if (e[r2]) {
        let c3 = e[r2], m3 = t2[r2];
        if (!c3 || !m3) return;
        h3.ttl = c3, h3.start = m3, h3.now = n2 || o();
        let _3 = h3.now - m3;
        h3.remainingTTL = c3 - _3;
      }
    };
    let n2 = 0, o = () => {
      let h3 = this.#m.now();
      if (this.ttlResolution > 0) {
        n2 = h3;
        let r2 = setTimeout(() => n2 = 0, this.ttlResolution);
        r2.unref && r2.unref();
      }
      return h3;
    };
    this.getRemainingTTL = (h3) => {
      let r2 = this.#s.get(h3);
      return r2 === void 0 ? 0 : l2(r2);
    };
    let l2 = (h3) => {
      let r2 = e[h3], c3 = t2[h3];
      if (!r2 || !c3) return 1 / 0;
      let m3 = (n2 || o()) - c3;
      return r2 - m3;
    };
    this.#p = (h3) => {
      let r2 = t2[h3], c3 = e[h3];
      return !!c3 && !!r2 && (n2 || o()) - r2 > c3;
    };
  }
  #R = () => {
  };
  #v = () => {
  };
  #H = () => {
  };
  #p = () => false;
  #X() {
    let e = new O(this.#o);
    this.#b = 0, this.#_ = e, this.#x = (t2) => {
      this.#b -= e[t2], e[t2] = 0;
    }, this.#N = (t2, i, s, n2) => {
      if (!T(s)) {
        if (this.#e(i)) return this.backgroundFetchSize;
        if (n2) {
          if (typeof n2 != "function") throw new TypeError("sizeCalculation must be a function");
          if (s = n2(i, t2), !T(s)) throw new TypeError("sizeCalculation return invalid (expect positive integer)");
        } else throw new TypeError("invalid size value (must be positive integer). When maxSize or maxEntrySize is used, sizeCalculation or size must be set.");
      }
      return s;
    }, this.#j = (t2, i, s) => {
      if (e[t2] = i, this.#c) {
        let n2 = this.#c - e[t2];
        for (; this.#b > n2; ) this.#G(true);
      }
      this.#b += e[t2], s && (s.entrySize = i, s.totalCalculatedSize = this.#b);
    };
  }
  #x = (e) => {
  };
  #j = (e, t2, i) => {
  };
  #N = (e, t2, i, s) => {
    if (i || s) throw new TypeError("cannot set size without setting maxSize or maxEntrySize on cache");
    return 0;
  };
  *#A({ allowStale: e = this.allowStale } = {}) {
    if (this.#n) for (let t2 = this.#h; this.#V(t2) && ((e || !this.#p(t2)) && (yield t2), t2 !== this.#a); ) t2 = this.#u[t2];
  }
  *#z({ allowStale: e = this.allowStale } = {}) {
    if (this.#n) for (let t2 = this.#a; this.#V(t2) && ((e || !this.#p(t2)) && (yield t2), t2 !== this.#h); ) t2 = this.#l[t2];
  }
  #V(e) {
    return e !== void 0 && this.#s.get(this.#i[e]) === e;
  }
  *entries() {
    for (let e of this.#A()) this.#t[e] !== void 0 && this.#i[e] !== void 0 && !this.#e(this.#t[e]) && (yield [this.#i[e], this.#t[e]]);
  }
  *rentries() {
    for (let e of this.#z()) this.#t[e] !== void 0 && this.#i[e] !== void 0 && !this.#e(this.#t[e]) && (yield [this.#i[e], this.#t[e]]);
  }
  *keys() {
    for (let e of this.#A()) {
      let t2 = this.#i[e];
      t2 !== void 0 && !this.#e(this.#t[e]) && (yield t2);
    }
  }
  *rkeys() {
    for (let e of this.#z()) {
      let t2 = this.#i[e];
      t2 !== void 0 && !this.#e(this.#t[e]) && (yield t2);
    }
  }
  *values() {
    for (let e of this.#A()) this.#t[e] !== void 0 && !this.#e(this.#t[e]) && (yield this.#t[e]);
  }
  *rvalues() {
    for (let e of this.#z()) this.#t[e] !== void 0 && !this.#e(this.#t[e]) && (yield this.#t[e]);
  }
  [Symbol.iterator]() {
    return this.entries();
  }
  [Symbol.toStringTag] = "LRUCache";
  find(e, t2 = {}) {
    for (let i of this.#A()) {
      let s = this.#t[i], n2 = this.#e(s) ? s.__staleWhileFetching : s;
      if (n2 !== void 0 && e(n2, this.#i[i], this)) return this.#C(this.#i[i], t2);
    }
  }
  forEach(e, t2 = this) {
    for (let i of this.#A()) {
      let s = this.#t[i], n2 = this.#e(s) ? s.__staleWhileFetching : s;
      n2 !== void 0 && e.call(t2, n2, this.#i[i], this);
    }
  }
  rforEach(e, t2 = this) {
    for (let i of this.#z()) {
      let s = this.#t[i], n2 = this.#e(s) ? s.__staleWhileFetching : s;
      n2 !== void 0 && e.call(t2, n2, this.#i[i], this);
    }
  }
  purgeStale() {
    let e = false;
    for (let t2 of this.#z({ allowStale: true })) this.#p(t2) && (this.#E(this.#i[t2], "expire"), e = true);
    return e;
  }
  info(e) {
    let t2 = this.#s.get(e);
    if (t2 === void 0) return;
    let i = this.#t[t2], s = this.#e(i) ? i.__staleWhileFetching : i;
    if (s === void 0) return;
    let n2 = { value: s };
    if (this.#d && this.#F) {
      let o = this.#d[t2], l2 = this.#F[t2];
      if (o && l2) {
        let h3 = o - (this.#m.now() - l2);
        n2.ttl = h3, n2.start = Date.now();
      }
    }
    return this.#_ && (n2.size = this.#_[t2]), n2;
  }
  dump() {
    let e = [];
    for (let t2 of this.#A({ allowStale: true })) {
      let i = this.#i[t2], s = this.#t[t2], n2 = this.#e(s) ? s.__staleWhileFetching : s;
      if (n2 === void 0 || i === void 0) continue;
      let o = { value: n2 };
      if (this.#d && this.#F) {
        o.ttl = this.#d[t2];
        let l2 = this.#m.now() - this.#F[t2];
        o.start = Math.floor(Date.now() - l2);
      }
      this.#_ && (o.size = this.#_[t2]), e.unshift([i, o]);
    }
    return e;
  }
  load(e) {
    this.clear();
    for (let [t2, i] of e) {
      if (i.start) {
        let s = Date.now() - i.start;
        i.start = this.#m.now() - s;
      }
      this.#W(t2, i.value, i);
    }
  }
  set(e, t2, i = {}) {
    let { status: s = S.hasSubscribers ? {} : void 0 } = i;
    i.status = s, s && (s.op = "set", s.key = e, t2 !== void 0 && (s.value = t2), s.cache = this);
    let n2 = this.#W(e, t2, i);
    return s && S.hasSubscribers && S.publish(s), n2;
  }
  #W(e, t2, i, s) {
    let { ttl: n2 = this.ttl, start: o, noDisposeOnSet: l2 = this.noDisposeOnSet, sizeCalculation: h3 = this.sizeCalculation, status: r2 } = i, c3 = this.#e(t2);
    if (t2 === void 0) return r2 && (r2.set = "deleted"), this.delete(e), this;
    let { noUpdateTTL: m3 = this.noUpdateTTL } = i;
    r2 && !c3 && (r2.value = t2);
    let _3 = this.#N(e, t2, i.size || 0, h3, r2);
    if (this.maxEntrySize && _3 > this.maxEntrySize) return this.#E(e, "set"), r2 && (r2.set = "miss", r2.maxEntrySizeExceeded = true), this;
    let u2 = this.#n === 0 ? void 0 : this.#s.get(e);
    if (u2 === void 0) u2 = this.#n === 0 ? this.#h : this.#y.length !== 0 ? this.#y.pop() : this.#n === this.#o ? this.#G(false) : this.#n, this.#i[u2] = e, this.#t[u2] = t2, this.#s.set(e, u2), this.#l[this.#h] = u2, this.#u[u2] = this.#h, this.#h = u2, this.#n++, this.#j(u2, _3, r2), r2 && (r2.set = "add"), m3 = false, this.#D && !c3 && this.#O?.(t2, e, "add");
    else {
      this.#L(u2);
      let g2 = this.#t[u2];
      if (t2 !== g2) {
        if (!l2) if (this.#e(g2)) {
          g2 !== s && g2.__abortController.abort(new Error("replaced"));
          let { __staleWhileFetching: f2 } = g2;
          f2 !== void 0 && f2 !== t2 && (this.#T && this.#S?.(f2, e, "set"), this.#f && this.#r?.push([f2, e, "set"]));
        } else this.#T && this.#S?.(g2, e, "set"), this.#f && this.#r?.push([g2, e, "set"]);
        if (this.#x(u2), this.#j(u2, _3, r2), this.#t[u2] = t2, !c3) {
          let f2 = g2 && this.#e(g2) ? g2.__staleWhileFetching : g2, y3 = f2 === void 0 ? "add" : t2 !== f2 ? "replace" : "update";
          r2 && (r2.set = y3, f2 !== void 0 && (r2.oldValue = f2)), this.#D && this.onInsert?.(t2, e, y3);
        }
      } else c3 || (r2 && (r2.set = "update"), this.#D && this.onInsert?.(t2, e, "update"));
    }
    if (n2 !== 0 && !this.#d && this.#k(), this.#d && (m3 || this.#H(u2, n2, o), r2 && this.#v(r2, u2)), !l2 && this.#f && this.#r) {
      let g2 = this.#r, f2;
      for (; f2 = g2?.shift(); ) this.#w?.(...f2);
    }
    return this;
  }
  pop() {
    try {
      for (; this.#n; ) {
        let e = this.#t[this.#a];
        if (this.#G(true), this.#e(e)) {
          if (e.__staleWhileFetching) return e.__staleWhileFetching;
        } else if (e !== void 0) return e;
      }
    } finally {
      if (this.#f && this.#r) {
        let e = this.#r, t2;
        for (; t2 = e?.shift(); ) this.#w?.(...t2);
      }
    }
  }
  #G(e) {
    let t2 = this.#a, i = this.#i[t2], s = this.#t[t2], n2 = this.#e(s);
    n2 && s.__abortController.abort(new Error("evicted"));
    let o = n2 ? s.__staleWhileFetching : s;
    return (this.#T || this.#f) && o !== void 0 && (this.#T && this.#S?.(o, i, "evict"), this.#f && this.#r?.push([o, i, "evict"])), this.#x(t2), this.#g?.[t2] && (clearTimeout(this.#g[t2]), this.#g[t2] = void 0), e && (this.#i[t2] = void 0, this.#t[t2] = void 0, this.#y.push(t2)), this.#n === 1 ? (this.#a = this.#h = 0, this.#y.length = 0) : this.#a = this.#l[t2], this.#s.delete(i), this.#n--, t2;
  }
  has(e, t2 = {}) {
    let { status: i = S.hasSubscribers ? {} : void 0 } = t2;
    t2.status = i, i && (i.op = "has", i.key = e, i.cache = this);
    let s = this.#Y(e, t2);
    return S.hasSubscribers && S.publish(i), s;
  }
  #Y(e, t2 = {}) {
    let { updateAgeOnHas: i = this.updateAgeOnHas, status: s } = t2, n2 = this.#s.get(e);
    if (n2 !== void 0) {
      let o = this.#t[n2];
      if (this.#e(o) && o.__staleWhileFetching === void 0) return false;
      if (this.#p(n2)) s && (s.has = "stale", this.#v(s, n2));
      else return i && this.#R(n2), s && (s.has = "hit", this.#v(s, n2)), true;
    } else s && (s.has = "miss");
    return false;
  }
  peek(e, t2 = {}) {
    let { status: i = R() ? {} : void 0 } = t2;
    i && (i.op = "peek", i.key = e, i.cache = this), t2.status = i;
    let s = this.#J(e, t2);
    return S.hasSubscribers && S.publish(i), s;
  }
  #J(e, t2) {
    let { status: i, allowStale: s = this.allowStale } = t2, n2 = this.#s.get(e);
    if (n2 === void 0 || !s && this.#p(n2)) {
      i && (i.peek = n2 === void 0 ? "miss" : "stale");
      return;
    }
    let o = this.#t[n2], l2 = this.#e(o) ? o.__staleWhileFetching : o;
    return i && (l2 !== void 0 ? (i.peek = "hit", i.value = l2) : i.peek = "miss"), l2;
  }
  #P(e, t2, i, s) {
    let n2 = t2 === void 0 ? void 0 : this.#t[t2];
    if (this.#e(n2)) return n2;
    let o = new AbortController(), { signal: l2 } = i;
    l2?.addEventListener("abort", () => o.abort(l2.reason), { signal: o.signal });
    let h3 = { signal: o.signal, options: i, context: s }, r2 = (f2, y3 = false) => {
      let { aborted: a2 } = o.signal, w3 = i.ignoreFetchAbort && f2 !== void 0, F2 = i.ignoreFetchAbort || !!(i.allowStaleOnFetchAbort && f2 !== void 0);
      if (i.status && (a2 && !y3 ? (i.status.fetchAborted = true, i.status.fetchError = o.signal.reason, w3 && (i.status.fetchAbortIgnored = true)) : i.status.fetchResolved = true), a2 && !w3 && !y3) return m3(o.signal.reason, F2);
      let b3 = u2, p = this.#t[t2];
      return (p === u2 || p === void 0 && w3 && y3) && (f2 === void 0 ? b3.__staleWhileFetching !== void 0 ? this.#t[t2] = b3.__staleWhileFetching : this.#E(e, "fetch") : (i.status && (i.status.fetchUpdated = true), this.#W(e, f2, h3.options, b3))), f2;
    }, c3 = (f2) => (i.status && (i.status.fetchRejected = true, i.status.fetchError = f2), m3(f2, false)), m3 = (f2, y3) => {
      let { aborted: a2 } = o.signal, w3 = a2 && i.allowStaleOnFetchAbort, F2 = w3 || i.allowStaleOnFetchRejection, b3 = F2 || i.noDeleteOnFetchRejection, p = u2;
      if (this.#t[t2] === u2 && (!b3 || !y3 && p.__staleWhileFetching === void 0 ? this.#E(e, "fetch") : w3 || (this.#t[t2] = p.__staleWhileFetching)), F2) return i.status && p.__staleWhileFetching !== void 0 && (i.status.returnedStale = true), p.__staleWhileFetching;
      if (p.__returned === p) throw f2;
    }, _3 = (f2, y3) => {
      let a2 = this.#M?.(e, n2, h3);
      o.signal.addEventListener("abort", () => {
        (!i.ignoreFetchAbort || i.allowStaleOnFetchAbort) && (f2(void 0), i.allowStaleOnFetchAbort && (f2 = (w3) => r2(w3, true)));
      }), a2 && a2 instanceof Promise ? a2.then((w3) => f2(w3 === void 0 ? void 0 : w3), y3) : a2 !== void 0 && f2(a2);
    };
    i.status && (i.status.fetchDispatched = true);
    let u2 = new Promise(_3).then(r2, c3), g2 = Object.assign(u2, { __abortController: o, __staleWhileFetching: n2, __returned: void 0 });
    return t2 === void 0 ? (this.#W(e, g2, { ...h3.options, status: void 0 }), t2 = this.#s.get(e)) : this.#t[t2] = g2, g2;
  }
  #e(e) {
    if (!this.#U) return false;
    let t2 = e;
    return !!t2 && t2 instanceof Promise && t2.hasOwnProperty("__staleWhileFetching") && t2.__abortController instanceof AbortController;
  }
  fetch(e, t2 = {}) {
    let i = W.hasSubscribers, { status: s = R() ? {} : void 0 } = t2;
    t2.status = s, s && t2.context && (s.context = t2.context);
    let n2 = this.#B(e, t2);
    return s && i && (s.trace = true, W.tracePromise(() => n2, s).catch(() => {
    })), n2;
  }
  async #B(e, t2 = {}) {
    let { allowStale: i = this.allowStale, updateAgeOnGet: s = this.updateAgeOnGet, noDeleteOnStaleGet: n2 = this.noDeleteOnStaleGet, ttl: o = this.ttl, noDisposeOnSet: l2 = this.noDisposeOnSet, size: h3 = 0, sizeCalculation: r2 = this.sizeCalculation, noUpdateTTL: c3 = this.noUpdateTTL, noDeleteOnFetchRejection: m3 = this.noDeleteOnFetchRejection, allowStaleOnFetchRejection: _3 = this.allowStaleOnFetchRejection, ignoreFetchAbort: u2 = this.ignoreFetchAbort, allowStaleOnFetchAbort: g2 = this.allowStaleOnFetchAbort, context: f2, forceRefresh: y3 = false, status: a2, signal: w3 } = t2;
    if (a2 && (a2.op = "fetch", a2.key = e, y3 && (a2.forceRefresh = true), a2.cache = this), !this.#U) return a2 && (a2.fetch = "get"), this.#C(e, { allowStale: i, updateAgeOnGet: s, noDeleteOnStaleGet: n2, status: a2 });
    let F2 = { allowStale: i, updateAgeOnGet: s, noDeleteOnStaleGet: n2, ttl: o, noDisposeOnSet: l2, size: h3, sizeCalculation: r2, noUpdateTTL: c3, noDeleteOnFetchRejection: m3, allowStaleOnFetchRejection: _3, allowStaleOnFetchAbort: g2, ignoreFetchAbort: u2, status: a2, signal: w3 }, b3 = this.#s.get(e);
    if (b3 === void 0) {
      a2 && (a2.fetch = "miss");
      let p = this.#P(e, b3, F2, f2);
      return p.__returned = p;
    } else {
      let p = this.#t[b3];
      if (this.#e(p)) {
        let v2 = i && p.__staleWhileFetching !== void 0;
        return a2 && (a2.fetch = "inflight", v2 && (a2.returnedStale = true)), v2 ? p.__staleWhileFetching : p.__returned = p;
      }
      let A4 = this.#p(b3);
      if (!y3 && !A4) return a2 && (a2.fetch = "hit"), this.#L(b3), s && this.#R(b3), a2 && this.#v(a2, b3), p;
      let z2 = this.#P(e, b3, F2, f2), E2 = z2.__staleWhileFetching !== void 0 && i;
      return a2 && (a2.fetch = A4 ? "stale" : "refresh", E2 && A4 && (a2.returnedStale = true)), E2 ? z2.__staleWhileFetching : z2.__returned = z2;
    }
  }
  forceFetch(e, t2 = {}) {
    let i = W.hasSubscribers, { status: s = R() ? {} : void 0 } = t2;
    t2.status = s, s && t2.context && (s.context = t2.context);
    let n2 = this.#K(e, t2);
    return s && i && (s.trace = true, W.tracePromise(() => n2, s).catch(() => {
    })), n2;
  }
  async #K(e, t2 = {}) {
    let i = await this.#B(e, t2);
    if (i === void 0) throw new Error("fetch() returned undefined");
    return i;
  }
  memo(e, t2 = {}) {
    let { status: i = S.hasSubscribers ? {} : void 0 } = t2;
    t2.status = i, i && (i.op = "memo", i.key = e, t2.context && (i.context = t2.context), i.cache = this);
    let s = this.#Q(e, t2);
    return i && (i.value = s), S.hasSubscribers && S.publish(i), s;
  }
  #Q(e, t2 = {}) {
    let i = this.#I;
    if (!i) throw new Error("no memoMethod provided to constructor");
    let { context: s, status: n2, forceRefresh: o, ...l2 } = t2;
    n2 && o && (n2.forceRefresh = true);
    let h3 = this.#C(e, l2), r2 = o || h3 === void 0;
    if (n2 && (n2.memo = r2 ? "miss" : "hit", r2 || (n2.value = h3)), !r2) return h3;
    let c3 = i(e, h3, { options: l2, context: s });
    return n2 && (n2.value = c3), this.#W(e, c3, l2), c3;
  }
  get(e, t2 = {}) {
    let { status: i = S.hasSubscribers ? {} : void 0 } = t2;
    t2.status = i, i && (i.op = "get", i.key = e, i.cache = this);
    let s = this.#C(e, t2);
    return i && (s !== void 0 && (i.value = s), S.hasSubscribers && S.publish(i)), s;
  }
  #C(e, t2 = {}) {
    let { allowStale: i = this.allowStale, updateAgeOnGet: s = this.updateAgeOnGet, noDeleteOnStaleGet: n2 = this.noDeleteOnStaleGet, status: o } = t2, l2 = this.#s.get(e);
    if (l2 === void 0) {
      o && (o.get = "miss");
      return;
    }
    let h3 = this.#t[l2], r2 = this.#e(h3);
    return o && this.#v(o, l2), this.#p(l2) ? r2 ? (o && (o.get = "stale-fetching"), i && h3.__staleWhileFetching !== void 0 ? (o && (o.returnedStale = true), h3.__staleWhileFetching) : void 0) : (n2 || this.#E(e, "expire"), o && (o.get = "stale"), i ? (o && (o.returnedStale = true), h3) : void 0) : (o && (o.get = r2 ? "fetching" : "hit"), this.#L(l2), s && this.#R(l2), r2 ? h3.__staleWhileFetching : h3);
  }
  #$(e, t2) {
    this.#u[t2] = e, this.#l[e] = t2;
  }
  #L(e) {
    e !== this.#h && (e === this.#a ? this.#a = this.#l[e] : this.#$(this.#u[e], this.#l[e]), this.#$(this.#h, e), this.#h = e);
  }
  delete(e) {
    return this.#E(e, "delete");
  }
  #E(e, t2) {
    S.hasSubscribers && S.publish({ op: "delete", delete: t2, key: e, cache: this });
    let i = false;
    if (this.#n !== 0) {
      let s = this.#s.get(e);
      if (s !== void 0) if (this.#g?.[s] && (clearTimeout(this.#g[s]), this.#g[s] = void 0), i = true, this.#n === 1) this.#q(t2);
      else {
        this.#x(s);
        let n2 = this.#t[s];
        if (this.#e(n2) ? n2.__abortController.abort(new Error("deleted")) : (this.#T || this.#f) && (this.#T && this.#S?.(n2, e, t2), this.#f && this.#r?.push([n2, e, t2])), this.#s.delete(e), this.#i[s] = void 0, this.#t[s] = void 0, s === this.#h) this.#h = this.#u[s];
        else if (s === this.#a) this.#a = this.#l[s];
        else {
          let o = this.#u[s];
          this.#l[o] = this.#l[s];
          let l2 = this.#l[s];
          this.#u[l2] = this.#u[s];
        }
        this.#n--, this.#y.push(s);
      }
    }
    if (this.#f && this.#r?.length) {
      let s = this.#r, n2;
      for (; n2 = s?.shift(); ) this.#w?.(...n2);
    }
    return i;
  }
  clear() {
    return this.#q("delete");
  }
  #q(e) {
    for (let t2 of this.#z({ allowStale: true })) {
      let i = this.#t[t2];
      if (this.#e(i)) i.__abortController.abort(new Error("deleted"));
      else {
        let s = this.#i[t2];
        this.#T && this.#S?.(i, s, e), this.#f && this.#r?.push([i, s, e]);
      }
    }
    if (this.#s.clear(), this.#t.fill(void 0), this.#i.fill(void 0), this.#d && this.#F) {
      this.#d.fill(0), this.#F.fill(0);
      for (let t2 of this.#g ?? []) t2 !== void 0 && clearTimeout(t2);
      this.#g?.fill(void 0);
    }
    if (this.#_ && this.#_.fill(0), this.#a = 0, this.#h = 0, this.#y.length = 0, this.#b = 0, this.#n = 0, this.#f && this.#r) {
      let t2 = this.#r, i;
      for (; i = t2?.shift(); ) this.#w?.(...i);
    }
  }
};

// models/session/token.model.ts
var CLOCK_SKEW_S = 60;
var REMEMBERED = 1e4;
var MAX_TOKEN_LENGTH = 4096;
var COMPACT_JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
var headerSchema = strictObject({ alg: string(), typ: literal("JWT"), kid: string().optional() });
var claimsSchema = object({
  sub: string().regex(/^[1-9]\d{0,15}$/),
  jti: uuid(),
  sid: uuid(),
  iat: int().nonnegative(),
  exp: int().nonnegative(),
  roles: array(string()).default([]),
  amr: array(string()).default([])
});
var TokenRefusedError = class extends ApiError {
  refusal;
  constructor(refusal) {
    super(refusal === "expired" ? "token_expired" : "token_invalid");
    this.refusal = refusal;
  }
};
function createTokenModel({ keys, issuer, audience }, now) {
  const identity = { issuer, audience };
  const verified = new I({ max: REMEMBERED });
  let verifiedUnder = keys();
  return {
    identity,
    sign({ userId, jti, sessionId, iat, exp, roles, amr }) {
      const { active } = keys();
      const claims = {
        sid: sessionId,
        iat,
        exp,
        ...roles.length > 0 && { roles },
        ...amr.length > 0 && { amr }
      };
      return import_jsonwebtoken.default.sign(claims, active.signingKey, {
        algorithm: active.algorithm,
        ...active.kid !== void 0 && { keyid: active.kid },
        subject: String(userId),
        jwtid: jti,
        ...identity
      });
    },
    /**
     * Checks signature, issuer, audience, times and claims. The allowlist is the session model's.
     * @throws {TokenRefusedError} `token_expired`, `token_invalid`
     */
    verify(token) {
      const set = keys();
      if (set !== verifiedUnder) {
        verified.clear();
        verifiedUnder = set;
      }
      const seconds = Math.floor(now() / 1e3);
      const known = verified.get(token);
      if (known && seconds < known.exp) return known;
      if (token.length > MAX_TOKEN_LENGTH) throw new TokenRefusedError("too_long");
      if (!COMPACT_JWT.test(token)) throw new TokenRefusedError("form");
      const claims = claimsSchema.safeParse(decode(token, keyOf(token, set), seconds));
      if (!claims.success) throw new TokenRefusedError("claims");
      if (claims.data.iat > seconds + CLOCK_SKEW_S) throw new TokenRefusedError("issued_later");
      const { sub, sid: sessionId, ...same } = claims.data;
      const read = Object.freeze({ userId: Number(sub), sessionId, ...same });
      verified.set(token, read);
      return read;
    }
  };
  function decode(token, { verifyingKey, algorithm }, clockTimestamp) {
    try {
      return import_jsonwebtoken.default.verify(token, verifyingKey, { algorithms: [algorithm], clockTimestamp, ...identity });
    } catch (error) {
      throw new TokenRefusedError(refusalOf(error));
    }
  }
}
var REFUSALS = [
  [/^(invalid token|jwt malformed)$/, "form"],
  [/^invalid signature|signatures must be/, "signature"],
  [/^jwt not active/, "not_before"],
  [/^jwt expired/, "expired"],
  [/^jwt audience/, "audience"],
  [/^jwt issuer/, "issuer"]
];
function refusalOf(error) {
  if (error instanceof SyntaxError) return "form";
  const { message } = error;
  return REFUSALS.find(([text]) => text.test(message))?.[1] ?? "claims";
}
function keyOf(token, keys) {
  const header = headerSchema.safeParse(headerOf(token));
  if (!header.success) throw new TokenRefusedError("header");
  const key = keys.find(header.data.kid);
  if (!key) throw new TokenRefusedError("key");
  if (key.algorithm !== header.data.alg) throw new TokenRefusedError("algorithm");
  return key;
}
function headerOf(token) {
  try {
    return JSON.parse(Buffer.from(token.slice(0, token.indexOf(".")), "base64url").toString());
  } catch {
    return void 0;
  }
}

// signing/mac.ts
import { createHmac as createHmac2, createSecretKey } from "node:crypto";

// signing/canonical.ts
function stringToSign(parts) {
  const [before, after] = aroundBody(parts);
  return `${before}${parts.body}${after}`;
}
function aroundBody({ method, path, timestamp }) {
  return [`${method}${path}`, `${timestamp}`];
}

// signing/mac.ts
function signatureKey(secret) {
  return createSecretKey(secret, "utf8");
}
function mac(key, parts) {
  const [before, after] = aroundBody(parts);
  return createHmac2("sha256", key).update(before).update(parts.body).update(after).digest();
}
function signatureHeaders(key, parts) {
  return { "X-Signature": mac(key, parts).toString("hex"), "X-Timestamp": String(parts.timestamp) };
}

// mail/mails.ts
var MAX_AGENT = 200;
function createMails(appUrl) {
  const linkTo = (page, token) => `${appUrl}/${page}?token=${token}`;
  const notYou = `If that was not you, reset your password at once: ${appUrl}`;
  return {
    verifyEmail: (to, token) => write(to, {
      subject: "Verify your e-mail address",
      before: ["Please confirm that this is your e-mail address. The link is good for 24 hours:"],
      link: linkTo("verify-email", token),
      after: ["If you did not register, ignore this mail: without the link the address stays unverified."]
    }),
    resetPassword: (to, token, asker = "Somebody") => write(to, {
      subject: "Reset your password",
      before: [`${asker} asked to reset your password. To choose a new one, within 30 minutes:`],
      link: linkTo("reset-password", token),
      after: ["If you did not ask for it, ignore this mail: your password stays as it is."]
    }),
    /** To the owner of an address that was registered again. */
    registeredAlready: (to) => write(to, {
      subject: "You have an account already",
      before: [
        "Somebody tried to register with your e-mail address. Nothing has changed: you have an account already.",
        `If it was you, log in, or reset your password if you have forgotten it: ${appUrl}`
      ]
    }),
    passwordChanged: (to, when) => write(to, {
      subject: "Your password was changed",
      before: ["The password of your account was changed:", told(when), notYou]
    }),
    passwordReset: (to, when) => write(to, {
      subject: "Your password was reset",
      before: [
        "The password of your account was reset by a link from your mailbox, and you were logged out everywhere:",
        told(when),
        `If that was not you, somebody reads your mail: secure your mailbox, then reset your password: ${appUrl}`
      ]
    }),
    accountClosed: (to, when) => write(to, {
      subject: "Your account was closed",
      before: [
        "Your account was closed, and what was kept of you is being removed:",
        told(when),
        `If that was not you, somebody knew your password. The account cannot be brought back; you can register again: ${appUrl}`
      ]
    }),
    newDevice: (to, when) => write(to, {
      subject: "A login from a new device",
      before: [
        "Somebody logged in to your account from a device that was not used before:",
        told(when),
        notYou
      ]
    }),
    rolesChanged: (to, when) => write(to, {
      subject: "Your roles were changed",
      before: [
        "An administrator changed what your account may do:",
        told(when),
        "Your sessions go on. If you did not expect this, ask the administrator."
      ]
    }),
    /** @param provider a name of the settings */
    identityLinked: (to, when, provider = "") => write(to, {
      subject: `A sign-in with ${provider} was added`,
      before: [
        `From now on somebody can log in to your account by a sign-in with ${provider}:`,
        told(when),
        `If that was not you, reset your password at once, then remove the sign-in: ${appUrl}`
      ]
    }),
    /** @param provider a name of the settings */
    identityUnlinked: (to, when, provider = "") => write(to, {
      subject: `A sign-in with ${provider} was removed`,
      before: [`A sign-in with ${provider} no longer logs in to your account:`, told(when), notYou]
    }),
    accountDisabled: (to, when) => write(to, {
      subject: "Your account was locked",
      before: [
        "An administrator locked your account. You were logged out everywhere, and you cannot log in:",
        told(when),
        "If you did not expect this, ask the administrator."
      ]
    }),
    accountEnabled: (to, when) => write(to, {
      subject: "Your account was unlocked",
      before: ["An administrator unlocked your account. You can log in again:", told(when)]
    }),
    sessionsEnded: (to, when) => write(to, {
      subject: "You were logged out",
      before: [
        "An administrator ended one or more of your sessions:",
        told(when),
        "You can log in again. If you did not expect this, ask the administrator."
      ]
    }),
    secondFactorOn: (to, when) => write(to, {
      subject: "Your second factor was turned on",
      before: ["From now on a login to your account asks for a code as well:", told(when), notYou]
    }),
    secondFactorOff: (to, when) => write(to, {
      subject: "Your second factor was turned off",
      before: ["From now on a login to your account asks for the password alone:", told(when), notYou]
    }),
    secondFactorRemoved: (to, when) => write(to, {
      subject: "Your second factor was removed",
      before: [
        "Your second factor was removed, by a password reset or by an administrator. From now on a login to your account asks for the password alone:",
        told(when),
        "To turn it on again, log in and set it up anew.",
        notYou
      ]
    })
  };
}
function told({ at, ip, userAgent }) {
  const time = new Date(at).toISOString().slice(0, 16).replace("T", " ");
  const agent = plain(userAgent).slice(0, MAX_AGENT);
  return `${time} UTC${ip && `, from ${ip}`}${agent && `, with ${agent}`}`;
}
function write({ name, email: email2 }, { subject, before, link, after = [] }) {
  const shown = plain(name ?? "").trim();
  const greeting = `Hello${shown && ` ${shown}`},`;
  const text = [greeting, ...before, ...link ? [link] : [], ...after].join("\n\n");
  const paragraph = (line) => `<p>${escapeHtml(line)}</p>`;
  const html = [
    ...[greeting, ...before].map(paragraph),
    ...link ? [`<p><a href="${escapeHtml(link)}">${escapeHtml(link)}</a></p>`] : [],
    ...after.map(paragraph)
  ].join("\n");
  return {
    to: email2,
    subject,
    text: `${text}
`,
    html: `<!DOCTYPE html>
<html lang="en"><body>
${html}
</body></html>
`,
    ...link && { link }
  };
}
function plain(text) {
  return text.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ");
}
function escapeHtml(text) {
  const entities = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;"
  };
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

// models/limits/lockout.model.ts
import { createHash as createHash2, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

// models/user/user.model.ts
import { randomInt } from "node:crypto";

// models/user/userLoader.ts
var import_dataloader = __toESM(require_dataloader(), 1);
var SIZES = [1, 4, 16, 64];
var LARGEST = 64;
function createUserLoader(read) {
  const loader = new import_dataloader.default(
    async (asked) => {
      const ids2 = [...new Set(asked)];
      const size = SIZES.find((size2) => size2 >= ids2.length) ?? LARGEST;
      while (ids2.length < size) ids2.push(ids2.at(-1) ?? 0);
      const rows = await read(ids2, ids2.map(() => "?").join(", "));
      const byId = new Map(rows.map((row) => [Number(row.id), row]));
      return asked.map((id) => byId.get(id));
    },
    { cache: false, maxBatchSize: LARGEST, batchScheduleFn: setImmediate }
  );
  return (id) => loader.load(id);
}

// models/user/user.sql.ts
var USER_COLUMNS = "id, name, email, password, created_at, updated_at, (SELECT GROUP_CONCAT(role) FROM user_roles WHERE user_id = users.id) AS roles, EXISTS (SELECT 1 FROM disabled_accounts WHERE user_id = users.id) AS is_disabled";
var SET_PASSWORD = "UPDATE users SET password = ?, updated_at = ? WHERE id = ? AND";
var SAMPLE_SIZE = 200;
var SAMPLE_HASHES = `SELECT password FROM users WHERE password IS NOT NULL AND id IN (${Array(SAMPLE_SIZE).fill("?").join(", ")})`;
function createUserTable(db) {
  return {
    /** Reads in the same turn of the event loop are one statement. */
    findById: createUserLoader(
      (ids2, placeholders) => db.query(`SELECT ${USER_COLUMNS} FROM users WHERE id IN (${placeholders}) AND email IS NOT NULL`, ids2)
    ),
    /** The rows whose address equals one of these under the table's collation. */
    findByEmail: (email2, alternative) => db.query(`SELECT ${USER_COLUMNS} FROM users WHERE email IN (?, ?)`, [email2, alternative]),
    /** @throws {DuplicateEntryError}, {UnstorableTextError} */
    async insert(name, email2, passwordHash, time) {
      const at = toSqlTime(time);
      const { insertId } = await db.run(
        "INSERT INTO users (name, email, password, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
        [name, email2, passwordHash, at, at]
      );
      return insertId;
    },
    /** @throws {UnstorableTextError} */
    async rename(id, name, time) {
      await db.run("UPDATE users SET name = ?, updated_at = ? WHERE id = ? AND email IS NOT NULL", [
        ...[name, toSqlTime(time), id]
      ]);
    },
    /**
     * Fails like an insert with this name, and changes nothing.
     * @param id of a row that exists
     * @throws {UnstorableTextError}
     */
    async tryName(id, name) {
      if (db.engine === "sqlite") return;
      await db.run("INSERT INTO users (id, name) VALUES (?, ?) ON DUPLICATE KEY UPDATE id = id", [id, name]);
    },
    async anonymize(id, time) {
      await db.run(
        "UPDATE users SET name = NULL, email = NULL, password = NULL, updated_at = ? WHERE id = ?",
        [toSqlTime(time), id]
      );
    },
    /** Replaces the hash if it is still `oldHash`. */
    async replaceHash(id, oldHash, newHash) {
      const { affectedRows } = await db.run(
        "UPDATE users SET password = ?, updated_at = updated_at WHERE id = ? AND password = ?",
        [newHash, id, oldHash]
      );
      return affectedRows === 1;
    },
    /** As {@link replaceHash}, with a new `updated_at`; null for a row that has no hash yet. */
    async replacePassword(id, oldHash, newHash, time) {
      const change = [newHash, toSqlTime(time), id];
      const { affectedRows } = oldHash === null ? await db.run(`${SET_PASSWORD} password IS NULL AND email IS NOT NULL`, change) : await db.run(`${SET_PASSWORD} password = ?`, [...change, oldHash]);
      return affectedRows === 1;
    },
    /** Up to 200 users' hashes. @param pick a random whole number from `min` up to, but not including, `max` */
    async sampleHashes(pick) {
      const [bounds] = await db.query("SELECT MIN(id) AS first, MAX(id) AS last FROM users");
      const [first, last] = [Number(bounds?.first), Number(bounds?.last)];
      const isSmall = last - first < SAMPLE_SIZE;
      const ids2 = Array.from(
        { length: SAMPLE_SIZE },
        (_3, i) => isSmall ? first + i : pick(first, last + 1)
      );
      return (await db.query(SAMPLE_HASHES, ids2)).map((row) => String(row.password));
    }
  };
}

// models/user/user.model.ts
function normalizeEmail(email2) {
  return email2.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
function createUserModel(db, now) {
  const table = createUserTable(db);
  async function written(statement) {
    try {
      return await statement;
    } catch (error) {
      if (error instanceof DuplicateEntryError) throw new ApiError("email_taken");
      if (error instanceof UnstorableTextError) {
        throw invalidInput({ path: "name", message: "has characters that the database cannot hold" });
      }
      throw error;
    }
  }
  function newUserView(name, email2) {
    const time = fromSqlTime(toSqlTime(now()));
    return { name, email: normalizeEmail(email2), created_at: time, updated_at: time };
  }
  async function findByEmail(email2) {
    const address2 = normalizeEmail(email2);
    const rows = await table.findByEmail(address2, email2);
    const row = rows.find((found) => found.email === email2) ?? rows.find((found) => normalizeEmail(String(found.email)) === address2);
    return row ? toCredentials(row) : null;
  }
  async function findById(id) {
    const row = await table.findById(id);
    return row ? toCredentials(row) : null;
  }
  return {
    newUserView,
    findByEmail,
    findById,
    /**
     * @param email as typed; kept normalized
     * @throws {ApiError} `email_taken`, `validation_failed` for a name that the table's character set cannot hold
     */
    async create(name, email2, passwordHash) {
      if (await findByEmail(email2)) throw new ApiError("email_taken");
      const user = newUserView(name, email2);
      return { id: await written(table.insert(name, user.email, passwordHash, now())), ...user };
    },
    /**
     * Changes the name; null when there is no such user.
     * @throws {ApiError} `validation_failed` for a name that the table's character set cannot hold
     */
    async rename(id, name) {
      await written(table.rename(id, name, now()));
      return (await findById(id))?.user ?? null;
    },
    /**
     * Refuses a name that {@link create} would refuse, and changes nothing.
     * @param id of a user that exists
     * @throws {ApiError} `validation_failed`
     */
    checkName: (id, name) => written(table.tryName(id, name)),
    /** Removes name, address and password. The row stays, so that its id is never used again. */
    anonymize: (id) => table.anonymize(id, now()),
    /** The hashes of some random users. */
    sampleHashes: () => table.sampleHashes(randomInt),
    /** Replaces the hash of the same password, if it is still `oldHash`. `updated_at` stays. */
    replaceHash: table.replaceHash,
    /**
     * Changes the password if the hash is still `oldHash`; false when another change came first.
     * @param oldHash null for a user without a password
     */
    replacePassword: (id, oldHash, newHash) => table.replacePassword(id, oldHash, newHash, now())
  };
}
function toCredentials(row) {
  const time = (value) => value ? fromSqlTime(String(value)) : null;
  return {
    user: {
      id: Number(row.id),
      name: row.name === null ? null : String(row.name),
      email: String(row.email),
      created_at: time(row.created_at),
      updated_at: time(row.updated_at)
    },
    passwordHash: row.password ? String(row.password) : null,
    roles: row.roles ? String(row.roles).split(",").sort() : [],
    isDisabled: Number(row.is_disabled) === 1
  };
}

// models/limits/lockout.model.ts
var ATTEMPT_TTL_MS = 6e4;
var POLL_MS = 20;
var MAX_WAIT_MS = 1e4;
var lockoutKeys = {
  /**
   * @param email as typed; only a hash of it is kept
   * @param email as typed, whether anybody has it or not; only a hash of it is kept
   */
  login: (email2) => `login:${createHash2("sha256").update(normalizeEmail(email2)).digest("hex")}`,
  /** The current password in a session, apart from logins: a stolen token cannot lock the login. */
  password: (userId) => `password:${userId}`,
  /** Codes in the second step of a login. */
  codeAtLogin: (userId) => `mfa:${userId}`,
  /** Codes in a session. */
  codeInSession: (userId) => `mfa_session:${userId}`
};
function createLockoutModel(store, limit) {
  const lines = /* @__PURE__ */ new Map();
  function begin(key, attemptId) {
    const ahead = lines.get(key);
    const waitsUntil = performance.now() + MAX_WAIT_MS;
    const turn = (async () => {
      await ahead;
      await ask(key, attemptId, waitsUntil);
    })();
    lines.set(key, turn);
    const leave = () => {
      if (lines.get(key) === turn) lines.delete(key);
    };
    turn.then(leave, leave);
    return turn;
  }
  async function ask(key, attemptId, waitsUntil) {
    while (performance.now() < waitsUntil) {
      const beginning = await store.begin(key, attemptId, limit);
      if (beginning.outcome === "go") return;
      if (beginning.outcome === "locked") {
        const seconds = Math.max(1, Math.ceil(beginning.msLeft / 1e3));
        throw new ApiError("account_locked", { retryAfterSeconds: seconds });
      }
      await sleep(POLL_MS);
    }
    throw new ApiError("overloaded", {
      detail: "Too many attempts for this account at the same time. Try again after Retry-After."
    });
  }
  return {
    /**
     * Runs an attempt under the limit.
     * @param work resolves with null for a failure; undefined and whatever it throws count as neither
     * @param onLocked called for the failure that locks
     * @throws {ApiError} `account_locked`, `overloaded`, and what `work` throws
     * @throws {StoreError}
     */
    async attempt(key, work, onLocked = () => {
    }) {
      if (limit.failures === 0) return work();
      const attemptId = randomUUID();
      await begin(key, attemptId);
      let result;
      try {
        result = await work();
      } catch (error) {
        await store.settle(key, attemptId, "undecided", limit).catch(() => {
        });
        throw error;
      }
      const outcome = result === null ? "failure" : result === void 0 ? "undecided" : "success";
      if (await store.settle(key, attemptId, outcome, limit)) onLocked();
      return result;
    },
    /**
     * Deletes the failures, which unlocks.
     * @throws {ApiError}
     * @throws {StoreError}
     */
    async clear(key) {
      await store.settle(key, "", "success", limit);
    }
  };
}

// models/mfa/mfa.model.ts
import { createHash as createHash4 } from "node:crypto";

// models/oneTime/oneTime.store.ts
import { createHash as createHash3, randomBytes as randomBytes2 } from "node:crypto";
function newOneTimeToken() {
  return randomBytes2(32).toString("base64url");
}
function idOfOneTimeToken(token) {
  return createHash3("sha256").update(token).digest("hex");
}

// models/mfa/pendingLogin.model.ts
var PENDING_LOGIN_TTL_MS = 3e5;
var pendingLoginSchema = object({
  userId: int(),
  deviceName: string().nullable(),
  /** Of the password hash and the second factor at the time: when either changes, the login is void. */
  fingerprint: string(),
  /** The identity at an OpenID Provider that the user logged in with; null for a password. */
  identity: object({ id: int(), provider: string() }).nullable().default(null),
  /** Ms since 1970. */
  expiresAt: int()
});

// models/mfa/mfa.model.ts
function createMfaModel(dependencies) {
  const { users, verifiedEmails, passwords, confirmPassword, totp } = dependencies;
  const { pendingLogins, lockout, events, now } = dependencies;
  async function limited(by, check, detail = "The code is wrong or was already used. Wait for the next code of the app.") {
    const key = by.sessionId ? lockoutKeys.codeInSession(by.userId) : lockoutKeys.codeAtLogin(by.userId);
    const result = await lockout.attempt(
      key,
      check,
      () => events.emit("account.locked", { ...by, reason: "second_factor" })
    );
    if (result !== null) return result;
    events.emit("mfa.failed", by);
    throw new ApiError("invalid_credentials", { detail });
  }
  async function use(factor, credential, by) {
    if ("code" in credential) return await totp.useCode(factor, credential.code) || null;
    if (!await totp.useRecoveryCode(factor, credential.recoveryCode)) return null;
    events.emit("recovery_code.used", by);
    return true;
  }
  async function confirmedFactor(userId) {
    const factor = await totp.find(userId);
    return factor && isConfirmed(factor) ? factor : null;
  }
  async function revalidate({ userId, fingerprint }) {
    const found = await users.findById(userId);
    const factor = await confirmedFactor(userId);
    const isValid = found && factor && fingerprintOf(found.passwordHash, factor) === fingerprint;
    return isValid ? { credentials: found, factor } : null;
  }
  return {
    revalidate,
    /**
     * Begins an enrolment. Nothing changes for logins before it is confirmed. It needs the password and a verified
     * address: a stolen access token alone must not lock the owner out.
     * @throws {ApiError} `invalid_credentials`, `account_locked`, `email_unverified`, `mfa_already_enabled`,
     *   `token_revoked`, `overloaded`
     * @throws {StoreError}
     */
    async enrol(by, password) {
      const found = await users.findById(by.userId);
      if (!found) throw new ApiError("token_revoked");
      await confirmPassword(password, found.passwordHash, by, "mfa.enrol_failed");
      if (!await verifiedEmails.has(found.user)) throw new ApiError("email_unverified");
      return totp.enrol(by.userId, found.user.email);
    },
    /**
     * Turns the second factor on.
     * @returns the recovery codes, shown this once
     * @throws {ApiError} `invalid_credentials`, `not_found` without an enrolment, `mfa_already_enabled`, `account_locked`
     * @throws {StoreError}
     */
    async confirm(by, code) {
      const codes = await limited(by, async () => {
        const factor = await totp.find(by.userId);
        if (!factor) {
          throw new ApiError("not_found", {
            detail: "There is no enrolment to confirm. POST /auth/mfa/totp begins one."
          });
        }
        if (isConfirmed(factor)) throw new ApiError("mfa_already_enabled");
        return totp.confirm(factor, code);
      });
      events.emit("mfa.enabled", by);
      return codes;
    },
    /**
     * Turns the second factor off.
     * @throws {ApiError} `invalid_credentials`, `not_found` when it is off, `account_locked`, `overloaded`
     * @throws {StoreError}
     */
    async disable(by, password, credential) {
      const isOff = () => new ApiError("not_found", {
        detail: "The second factor is not on, so there is nothing to turn off."
      });
      const factor = await confirmedFactor(by.userId);
      if (!factor) throw isOff();
      const check = async () => {
        const found = await users.findById(by.userId);
        const matches2 = await passwords.verify(password, found?.passwordHash ?? null);
        return matches2 ? use(factor, credential, by) : null;
      };
      await limited(by, check, "The password or the code is wrong, or the code was already used.");
      if (!await totp.remove(factor)) throw isOff();
      events.emit("mfa.disabled", by);
    },
    /**
     * Removes the second factor, and an enrolment that is not confirmed, without a code: for the operator, and for a
     * password reset by mail where that is allowed.
     * @returns whether a second factor was on
     * @throws {StoreError}
     */
    async remove(by, reason) {
      const wasOn = await totp.removeAll(by.userId);
      if (wasOn) events.emit("mfa.removed", { ...by, reason });
      return wasOn;
    },
    /**
     * Checks and uses a credential before a change that needs the second factor. Does nothing where it is off.
     * @param credential null where none was sent
     * @throws {ApiError} `validation_failed` for a code that is missing, `invalid_credentials`, `account_locked`
     * @throws {StoreError}
     */
    async verifyWhereOn(by, credential) {
      const factor = await confirmedFactor(by.userId);
      if (!factor) return;
      if (credential === null) {
        throw invalidInput({ path: "code", message: "must be there, because the second factor is on" });
      }
      await limited(by, () => use(factor, credential, by));
    },
    /**
     * Ends the first step of a login where the user has a second factor. Does nothing for other users.
     * @throws {ApiError} `mfa_required` with the token for the second step
     * @throws {StoreError}
     */
    async require({ user, passwordHash }, login) {
      const factor = await confirmedFactor(user.id);
      if (!factor) return;
      const token = newOneTimeToken();
      const fingerprint = fingerprintOf(passwordHash, factor);
      const expiresAt = now() + PENDING_LOGIN_TTL_MS;
      await pendingLogins.put(idOfOneTimeToken(token), {
        ...login,
        userId: user.id,
        fingerprint,
        expiresAt
      });
      throw new ApiError("mfa_required", { mfa: { token, expiresInSeconds: PENDING_LOGIN_TTL_MS / 1e3 } });
    },
    /**
     * The second step of a login. The token is taken first, so that simultaneous attempts cannot use several codes. An
     * attempt that fails puts it back.
     * @throws {ApiError} `token_invalid` when the login must begin again, `invalid_credentials`, `account_locked`
     * @throws {StoreError}
     */
    async verify(token, credential, client) {
      const id = idOfOneTimeToken(token);
      const login = await pendingLogins.take(id);
      if (!login) throw pendingLoginExpired();
      const by = { userId: login.userId, ...client };
      let isVoid = false;
      try {
        await limited(by, async () => {
          const valid = await revalidate(login);
          isVoid = valid === null;
          if (!valid) throw pendingLoginExpired();
          return use(valid.factor, credential, by);
        });
      } catch (error) {
        if (!isVoid) await pendingLogins.put(id, login).catch(() => {
        });
        throw error;
      }
      return login;
    }
  };
}
function pendingLoginExpired() {
  return new ApiError("token_invalid", {
    detail: "The mfa_token is unknown, used or expired, or another attempt with it is in flight. Log in again."
  });
}
function isConfirmed(factor) {
  return factor.batch !== null;
}
function fingerprintOf(passwordHash, { batch }) {
  return createHash4("sha256").update(`${batch}.${passwordHash}`).digest("hex");
}

// models/session/generation.ts
import { setTimeout as sleep2 } from "node:timers/promises";
var TRIES = 3;
var PAUSE_MS = 100;
var GENERATION_TTL_MS = 6e4;
function hasBegunLately({ generation }) {
  return generation !== "";
}
async function retryOnStaleGeneration(attempt) {
  for (let tries = 0; tries < TRIES; tries++) {
    const result = await attempt();
    if (result) return result;
    await sleep2(PAUSE_MS);
  }
  throw new ApiError("store_unavailable", {
    detail: "The password or the roles of this account are being changed at this moment. Try again after Retry-After."
  });
}

// models/role/role.sql.ts
var DELETE_UNLESS_LAST = "DELETE FROM user_roles WHERE user_id = ? AND role = ? AND (SELECT n FROM (SELECT COUNT(*) AS n FROM user_roles WHERE role = ?) AS holders) > 1";
function createRoleTable(db) {
  return {
    /** Everybody who has a role. */
    async list() {
      const rows = await db.query(
        "SELECT user_id, role, granted_at, granted_by FROM user_roles ORDER BY role, user_id"
      );
      return rows.map((row) => ({
        userId: Number(row.user_id),
        role: String(row.role),
        grantedAt: fromSqlTime(String(row.granted_at)) ?? "",
        grantedBy: row.granted_by === null ? null : Number(row.granted_by)
      }));
    },
    /** @throws {DuplicateEntryError} when the user has the role */
    async insert(userId, role, time, grantedBy) {
      await db.run("INSERT INTO user_roles (user_id, role, granted_at, granted_by) VALUES (?, ?, ?, ?)", [
        ...[userId, role, toPreciseSqlTime(time), grantedBy]
      ]);
    },
    async delete(userId, role) {
      await db.run("DELETE FROM user_roles WHERE user_id = ? AND role = ?", [userId, role]);
    },
    /** Whether somebody else has the role. */
    async hasOther(userId, role) {
      const rows = await db.query("SELECT user_id FROM user_roles WHERE role = ? AND user_id <> ? LIMIT 1", [
        ...[role, userId]
      ]);
      return rows.length > 0;
    },
    /** @returns false when the user is the last one with this role, or does not have it */
    async deleteUnlessLast(userId, role) {
      const { affectedRows } = await db.run(DELETE_UNLESS_LAST, [userId, role, role]);
      return affectedRows === 1;
    }
  };
}

// models/role/role.model.ts
var ADMIN = "admin";
var ROLE_NAME = /^[a-z][a-z0-9_-]{0,31}$/;
var MAX_ROLES = 16;
function createRoleModel({ db, users, sessions, events, now }) {
  const table = createRoleTable(db);
  async function write2(userId, before, after, by) {
    for (const role of before.filter((role2) => !after.includes(role2))) {
      if (role !== ADMIN) await table.delete(userId, role);
      else if (!await table.deleteUnlessLast(userId, role)) throw lastAdmin();
    }
    for (const role of after.filter((role2) => !before.includes(role2))) {
      await table.insert(userId, role, now(), by).catch((error) => {
        if (!(error instanceof DuplicateEntryError)) throw error;
      });
    }
  }
  return {
    /** Everybody who has a role, by role. */
    list: () => table.list(),
    /**
     * Gives the user exactly these roles. Every access token of the user is revoked, and the sessions stay: a refresh
     * gives a token with the new roles. No token with the old roles is accepted after this resolves. Equal roles
     * change nothing.
     * @param change the roles from those that the user has
     * @param client `by` is who grants them, null for the operator
     * @returns the roles after the change, sorted
     * @throws {ApiError} `not_found` for an unknown user, `validation_failed` when the last administrator would lose
     *   the role, or a locked account would get it
     * @throws {StoreError}
     */
    set(userId, change, client) {
      return retryOnStaleGeneration(async () => {
        const generation = await sessions.generation(userId);
        if (generation === null) return null;
        const found = await users.findById(userId);
        if (!found) throw new ApiError("not_found", { detail: "There is no user with this id." });
        const before = found.roles;
        const after = [...new Set(change(before))].sort();
        if (after.length > MAX_ROLES) {
          throw invalidInput({ path: "roles", message: `must be at most ${MAX_ROLES}` });
        }
        if (after.join() === before.join()) return after;
        if (found.isDisabled && after.includes(ADMIN)) {
          throw invalidInput({ path: "roles", message: "must not have admin while the account is locked" });
        }
        const losesAdmin = before.includes(ADMIN) && !after.includes(ADMIN);
        if (losesAdmin && !await table.hasOther(userId, ADMIN)) throw lastAdmin();
        const run = await sessions.revokeTokensAndRun(
          userId,
          generation,
          () => write2(userId, before, after, client.by ?? null)
        );
        if (!run) return null;
        events.emit("roles.changed", { userId, detail: { roles: after.join(" ") }, ...client });
        return after;
      });
    }
  };
}
function withoutAdmin(roles) {
  return roles.filter((role) => role !== ADMIN);
}
function lastAdmin() {
  return invalidInput({
    path: "roles",
    message: "would leave nobody with the role admin: give it to another user first"
  });
}

// models/account/account.model.ts
function secondFactorAfter(identity) {
  return identity ? ["otp", "mfa"] : ["pwd", "otp", "mfa"];
}
function createAccountModel(dependencies) {
  const { users, passwords, policy, confirmPassword, sessions, mfa, lockout, events, erasure } = dependencies;
  const { accountTokens, verifiedEmails, identities, tellClosed, requireVerification, now } = dependencies;
  async function registerQuietly(name, email2, passwordHash, client) {
    const owner = await users.findByEmail(email2);
    if (owner) {
      const userId = owner.user.id;
      await users.checkName(userId, name);
      await accountTokens.pretend(userId);
      events.emit("account.registration_repeated", { userId, ...client });
    } else {
      await users.create(name, email2, passwordHash).then(({ id }) => events.emit("account.registered", { userId: id, ...client })).catch(async (error) => {
        if (!(error instanceof ApiError && error.code === "email_taken")) throw error;
        await accountTokens.pretend(0);
      });
    }
    return { id: null, ...users.newUserView(name, email2) };
  }
  function refuseDisabled({ user, isDisabled }, client) {
    if (!isDisabled) return;
    events.emit("login.failed", { userId: user.id, reason: "account_disabled", ...client });
    throw new ApiError("account_disabled");
  }
  async function startLogin(subject, device, generation) {
    try {
      return await sessions.start(subject, device, generation);
    } catch (error) {
      const { name: _3, provider: __, ...client } = device;
      if (error instanceof ApiError && error.code === "session_limit")
        events.emit("login.failed", { userId: subject.userId, reason: error.code, ...client });
      throw error;
    }
  }
  async function upToDate(found, password) {
    const { user, passwordHash } = found;
    if (passwordHash === null) return found;
    try {
      const next = await passwords.rehash(password, passwordHash);
      if (next === null) return found;
      return await users.replaceHash(user.id, passwordHash, next) ? { ...found, passwordHash: next } : null;
    } catch (error) {
      if (error instanceof ApiError || error instanceof StoreError) return found;
      throw error;
    }
  }
  async function finishLogin(credentials, device, generation, identity) {
    const { user, roles } = credentials;
    const { name: deviceName, ...client } = device;
    refuseDisabled(credentials, client);
    if (requireVerification && !await verifiedEmails.has(user)) {
      events.emit("login.failed", { userId: user.id, reason: "email_unverified", ...client });
      throw new ApiError("email_unverified", {
        detail: "A link was sent to the address. Open it, then log in again."
      });
    }
    await mfa.require(credentials, { deviceName, identity });
    const subject = { userId: user.id, roles, amr: [] };
    const session = await startLogin(subject, { ...device, provider: identity?.provider }, generation);
    return session && { user, session };
  }
  return {
    /**
     * @throws {ApiError} `email_taken`, `overloaded`
     * @throws {StoreError}
     */
    async register(input, client) {
      const passwordHash = await passwords.hash(input.password);
      if (requireVerification) return registerQuietly(input.name, input.email, passwordHash, client);
      const user = await users.create(input.name, input.email, passwordHash);
      events.emit("account.registered", { userId: user.id, ...client });
      return user;
    },
    /**
     * The first step of a login. Where the user has a second factor, it starts and ends no session.
     * @throws {ApiError} `invalid_credentials`, `account_locked`, `account_disabled`, `email_unverified`,
     *   `mfa_required`, `session_limit`, `overloaded`
     * @throws {StoreError}
     */
    login(email2, password, device) {
      const { name: _3, ...client } = device;
      let userId = 0;
      const check = async () => {
        const since = now();
        const owner = await users.findByEmail(email2);
        userId = owner?.user.id ?? 0;
        const generation = await sessions.generation(userId, since);
        if (generation === null) return void 0;
        const found = hasBegunLately(generation) ? await users.findById(userId) : owner;
        const matches2 = await passwords.verify(password, found?.passwordHash ?? null, email2);
        if (found && matches2) return { found, generation };
        const known = found ? userId : null;
        const reason = found ? "wrong_password" : "unknown_address";
        events.emit("login.failed", { userId: known, reason, ...client });
        return null;
      };
      const onLocked = () => events.emit("account.locked", { userId: userId || null, reason: "login", ...client });
      return retryOnStaleGeneration(async () => {
        const proven = await lockout.attempt(lockoutKeys.login(email2), check, onLocked);
        if (proven === null) throw new ApiError("invalid_credentials");
        if (proven === void 0) return null;
        const { found, generation } = proven;
        const credentials = await upToDate(found, password);
        return credentials && finishLogin(credentials, device, generation, null);
      });
    },
    /**
     * The first step of a login with an identity at an OpenID Provider.
     * @param resolve finds the identity, or makes its account
     * @throws {ApiError} `email_unverified`, `mfa_required`, `session_limit`, and what `resolve` throws
     * @throws {StoreError}
     */
    loginByIdentity(resolve, device) {
      return retryOnStaleGeneration(async () => {
        const { id, provider, userId } = await resolve();
        const generation = await sessions.generation(userId);
        if (generation === null) return null;
        const found = await users.findById(userId);
        if (!found || !await identities.has({ id, userId })) return null;
        return finishLogin(found, device, generation, { id, provider });
      });
    },
    /**
     * The second step of a login.
     * @throws {ApiError} `token_invalid` when the login must begin anew, `invalid_credentials`, `account_locked`,
     *   `account_disabled`, `session_limit`
     * @throws {StoreError}
     */
    async loginMfa(mfaToken, credential, client) {
      const login = await mfa.verify(mfaToken, credential, client);
      const { userId, deviceName: name, identity } = login;
      return retryOnStaleGeneration(async () => {
        const generation = await sessions.generation(userId);
        if (generation === null) return null;
        const good = await mfa.revalidate(login);
        if (!good || identity && !await identities.has({ id: identity.id, userId }))
          throw pendingLoginExpired();
        const { user, roles } = good.credentials;
        refuseDisabled(good.credentials, client);
        const context = { name, provider: identity?.provider, ...client };
        const amr = secondFactorAfter(identity);
        const session = await startLogin({ userId, roles, amr }, context, generation);
        return session && { user, session };
      });
    },
    /**
     * Ends every session, changes the password and starts one new session. No other session can start between. If a
     * step fails, the user is logged out and no old token is alive. The change ends every link that could set a
     * password.
     * @throws {ApiError} `validation_failed`, `invalid_credentials`, `account_locked`, `token_revoked`, `overloaded`
     * @throws {StoreError}
     */
    changePassword(by, current, next, client) {
      const { userId, sessionId } = by;
      let name = null;
      let ended = 0;
      return retryOnStaleGeneration(async () => {
        const generation = await sessions.generation(userId);
        if (generation === null) return null;
        const found = await users.findById(userId);
        if (!found || found.isDisabled) throw new ApiError("token_revoked");
        const { user, passwordHash, roles } = found;
        await policy.check("new_password", next, user);
        await confirmPassword(
          current,
          passwordHash,
          { userId, sessionId, ...client },
          "password.change_failed"
        );
        const nextHash = await passwords.hash(next);
        name ??= (await sessions.find(userId, sessionId))?.device.name ?? null;
        const write2 = async () => {
          const written = await users.replacePassword(userId, passwordHash, nextHash);
          if (written) events.emit("password.changed", { userId, sessionId, ...client });
          return written;
        };
        const run = await sessions.endAllAndRun(userId, generation, write2, {
          reason: "password_change",
          client,
          next: {
            subject: { userId, roles, amr: by.amr },
            device: { name, ...client },
            reason: "password_change"
          }
        });
        if (!run) return null;
        ended += run.ended;
        if (!run.written) return null;
        await accountTokens.endAll(userId, "reset_password").catch(() => {
        });
        if (!run.session)
          throw new ApiError("store_unavailable", {
            detail: "The password was changed, but the new session could not be started. Log in with the new password."
          });
        return { user, session: { ...run.session, endedSessions: ended } };
      });
    },
    /**
     * Ends every session and removes personal data. The users row is anonymized in one statement: before it only the
     * sessions are gone, after it nobody can log in or find the account.
     * @param credential of the second factor, where it is on
     * @throws {ApiError} `invalid_credentials`, `validation_failed` when a code is missing or the user is the last
     *   administrator, `account_locked`, `token_revoked`, `overloaded`
     * @throws {StoreError}
     */
    async close(by, password, credential, client) {
      const { userId, sessionId } = by;
      const anonymous = { ip: "", userAgent: "", requestId: client.requestId };
      let isProven = false;
      const { user, isVerified } = await retryOnStaleGeneration(async () => {
        const generation = await sessions.generation(userId);
        if (generation === null) return null;
        const found = await users.findById(userId);
        if (!found) throw new ApiError("token_revoked");
        const { user: user2, passwordHash } = found;
        const actor = { userId, sessionId, ...client };
        await confirmPassword(password, passwordHash, actor, "account.close_failed");
        if (!isProven) await mfa.verifyWhereOn(actor, credential);
        isProven = true;
        if (found.roles.includes(ADMIN)) {
          await dependencies.roles.set(userId, withoutAdmin, { ...anonymous, by: userId });
          return null;
        }
        const isVerified2 = await verifiedEmails.has(user2);
        await erasure.plan(userId);
        const write2 = async () => {
          await users.anonymize(userId);
          return true;
        };
        const run = await sessions.endAllAndRun(userId, generation, write2, {
          reason: "account_closed",
          client: anonymous
        });
        return run && { user: user2, isVerified: isVerified2 };
      });
      events.emit("account.closed", { userId, sessionId, ...anonymous });
      tellClosed({ name: isVerified ? user.name : null, email: user.email }, client);
      await Promise.allSettled([erasure.erase(userId), lockout.clear(lockoutKeys.login(user.email))]);
    },
    /**
     * Rotates the refresh token. The user is read first, so that a database that is down uses up no token, and inside
     * the generation, so that the new access token has the current roles.
     * @throws {ApiError} `refresh_invalid`, `refresh_reused`
     * @throws {StoreError}
     */
    async refresh(refreshToken, client) {
      const token = sessions.readRefreshToken(refreshToken);
      return retryOnStaleGeneration(async () => {
        const generation = await sessions.generation(token.userId);
        const found = await users.findById(token.userId);
        if (!found || found.isDisabled) throw new ApiError("refresh_invalid");
        const session = await sessions.refresh(token, found.roles, generation, client);
        return session && { user: found.user, session };
      });
    },
    /** @throws {ApiError} `token_revoked` when the account is gone */
    async profile(userId) {
      const found = await users.findById(userId);
      if (!found) throw new ApiError("token_revoked");
      return found.user;
    },
    /** @throws {ApiError} `token_revoked` when the account is gone */
    async rename({ userId, sessionId }, name, client) {
      const user = await users.rename(userId, name);
      if (!user) throw new ApiError("token_revoked");
      events.emit("account.renamed", { userId, sessionId, ...client });
      return user;
    }
  };
}

// models/account/accountToken.model.ts
import { createHash as createHash5, randomBytes as randomBytes3 } from "node:crypto";

// models/account/accountToken.sql.ts
function createAccountTokenTable(db) {
  return {
    /** Records a mail unless the last one of the kind was sent after `sentBefore`; of simultaneous callers one gets true. */
    async recordMail(userId, kind, time, sentBefore) {
      const { affectedRows } = await db.run(
        "UPDATE mail_pace SET sent_at = ? WHERE user_id = ? AND kind = ? AND sent_at <= ?",
        [toPreciseSqlTime(time), userId, kind, toPreciseSqlTime(sentBefore)]
      );
      if (affectedRows === 1) return true;
      try {
        await db.run("INSERT INTO mail_pace (user_id, kind, sent_at) VALUES (?, ?, ?)", [
          ...[userId, kind, toPreciseSqlTime(time)]
        ]);
        return true;
      } catch (error) {
        if (error instanceof DuplicateEntryError) return false;
        throw error;
      }
    },
    /** Records a mail whatever was sent before. */
    async replaceMail(userId, kind, time) {
      await db.run("REPLACE INTO mail_pace (user_id, kind, sent_at) VALUES (?, ?, ?)", [
        ...[userId, kind, toPreciseSqlTime(time)]
      ]);
    },
    async deleteExpired(userId, purpose, time) {
      await db.run("DELETE FROM account_links WHERE user_id = ? AND purpose = ? AND expires_at <= ?", [
        ...[userId, purpose, toPreciseSqlTime(time)]
      ]);
    },
    async count(userId, purpose) {
      const [row] = await db.query(
        "SELECT COUNT(*) AS links FROM account_links WHERE user_id = ? AND purpose = ?",
        [userId, purpose]
      );
      return Number(row?.links);
    },
    async insert({ tokenHash, userId, purpose, stateHash, expiresAt }) {
      await db.run(
        "INSERT INTO account_links (token_hash, user_id, purpose, state_hash, expires_at) VALUES (?, ?, ?, ?, ?)",
        [tokenHash, userId, purpose, stateHash, toPreciseSqlTime(expiresAt)]
      );
    },
    async find(tokenHash, purpose, time) {
      const [row] = await db.query(
        "SELECT user_id, state_hash FROM account_links WHERE token_hash = ? AND purpose = ? AND expires_at > ?",
        [tokenHash, purpose, toPreciseSqlTime(time)]
      );
      return row ? { userId: Number(row.user_id), stateHash: String(row.state_hash) } : null;
    },
    /** @returns whether there was one; of any number of simultaneous callers one gets true */
    async deleteAll(userId, purpose) {
      const { affectedRows } = await db.run("DELETE FROM account_links WHERE user_id = ? AND purpose = ?", [
        userId,
        purpose
      ]);
      return affectedRows > 0;
    }
  };
}

// models/account/accountToken.model.ts
var LIFETIME_MS = { verify_email: 864e5, reset_password: 18e5 };
var PACE_MS = 6e4;
var MAX_LINKS = LIFETIME_MS.reset_password / PACE_MS;
function createAccountTokenModel(db, now) {
  const table = createAccountTokenTable(db);
  function takeTurn(userId, kind) {
    return table.recordMail(userId, kind, now(), now() - PACE_MS);
  }
  return {
    takeTurn,
    /**
     * A new token; earlier ones stay good.
     * @returns null when the last one is less than a minute old, or when the user has too many
     */
    async issue(owner, purpose) {
      const { id: userId } = owner.user;
      if (!await takeTurn(userId, purpose)) return null;
      const time = now();
      await table.deleteExpired(userId, purpose, time);
      if (await table.count(userId, purpose) >= MAX_LINKS) return null;
      const token = randomBytes3(32).toString("base64url");
      const stateHash = stateHashOf(owner, purpose);
      const expiresAt = time + LIFETIME_MS[purpose];
      await table.insert({ tokenHash: hashOfToken(token), userId, purpose, stateHash, expiresAt });
      return token;
    },
    /** Looks at a token without using it; null when there is none like it for this purpose. */
    find: (token, purpose) => table.find(hashOfToken(token), purpose, now()),
    /**
     * Ends all tokens of a purpose of the user.
     * @returns whether there was one; of any number of simultaneous callers one gets true
     */
    endAll: (userId, purpose) => table.deleteAll(userId, purpose),
    /** Writes a row without a meaning, for a request that must take as long as one that writes. */
    pretend: (userId) => table.replaceMail(userId, "none", now())
  };
}
function stateHashOf({ user, passwordHash }, purpose) {
  const state = purpose === "reset_password" ? [user.email, passwordHash] : [user.email];
  return createHash5("sha256").update(JSON.stringify(state)).digest("hex");
}
function hashOfToken(token) {
  return createHash5("sha256").update(token).digest("hex");
}

// models/account/disabledAccount.sql.ts
function createDisabledAccountTable(db, now) {
  return {
    /**
     * @param by the administrator's id; null for the operator
     * @returns false when the account is locked already
     */
    async add(userId, by) {
      try {
        await db.run("INSERT INTO disabled_accounts (user_id, disabled_at, disabled_by) VALUES (?, ?, ?)", [
          ...[userId, toPreciseSqlTime(now()), by]
        ]);
        return true;
      } catch (error) {
        if (error instanceof DuplicateEntryError) return false;
        throw error;
      }
    },
    /** @returns false when the account is not locked */
    async remove(userId) {
      const { affectedRows } = await db.run("DELETE FROM disabled_accounts WHERE user_id = ?", [userId]);
      return affectedRows === 1;
    }
  };
}

// models/account/notices.ts
function sendNotices(dependencies) {
  const { events, activity, users, verifiedEmails, accountTokens, recovery, mailer, mails, now } = dependencies;
  if (!mailer.enabled) return;
  function notify(name, letter, isDue = async () => true) {
    events.on(name, (event) => {
      const { userId, requestId, by, detail } = event;
      const { ip, userAgent } = by === void 0 ? event : { ip: "", userAgent: "" };
      const provider = detail?.provider ?? void 0;
      const at = now();
      mailer.post({
        kind: name,
        requestId,
        async compose() {
          const user = userId === null ? void 0 : (await users.findById(userId))?.user;
          if (!user || !await isDue(user, event)) return null;
          const to = { name: user.name, email: user.email };
          return await verifiedEmails.has(user) ? letter(to, { at, ip, userAgent }, provider) : letter({ ...to, name: null }, { at, ip, userAgent: "" }, provider);
        }
      });
    });
  }
  async function isNewDevice({ id }, { sessionId = "", userAgent }) {
    const earlier = await activity.userAgentsBefore(id, sessionId);
    return earlier.length > 0 && earlier.every((agent) => withoutVersions(agent) !== withoutVersions(userAgent));
  }
  events.on(
    "account.registered",
    ({ userId, ...client }) => recovery.sendVerification(userId, client)
  );
  events.on("login.failed", ({ userId, reason, ...client }) => {
    if (reason === "email_unverified" && userId !== null) recovery.sendVerification(userId, client);
  });
  notify(
    "account.registration_repeated",
    mails.registeredAlready,
    (user) => accountTokens.takeTurn(user.id, "notice")
  );
  notify("password.changed", mails.passwordChanged);
  notify("password.reset", mails.passwordReset);
  notify("roles.changed", mails.rolesChanged);
  notify("account.disabled", mails.accountDisabled);
  notify("account.enabled", mails.accountEnabled);
  notify("account.sessions_ended", mails.sessionsEnded);
  notify("mfa.enabled", mails.secondFactorOn);
  notify("mfa.disabled", mails.secondFactorOff);
  notify("mfa.removed", mails.secondFactorRemoved);
  notify("identity.linked", mails.identityLinked);
  notify("identity.unlinked", mails.identityUnlinked);
  notify("session.started", mails.newDevice, async (user, event) => {
    return event.reason === "login" && await isNewDevice(user, event);
  });
}
function createClosedNotice({ mailer, mails, now }) {
  return (to, { ip, userAgent, requestId }) => {
    const when = { at: now(), ip, userAgent: to.name === null ? "" : userAgent };
    mailer.post({ kind: "account.closed", requestId, compose: async () => mails.accountClosed(to, when) });
  };
}
function withoutVersions(userAgent) {
  return userAgent.replace(/[\d._]+/g, "");
}

// models/account/recovery.model.ts
function createRecoveryModel(dependencies) {
  const { users, passwords, policy, sessions, mfa, mfaReset, accountTokens, verifiedEmails } = dependencies;
  const { events, mailer, mails, unlock } = dependencies;
  async function ownerOf(token, purpose) {
    const link = await accountTokens.find(token, purpose);
    const owner = link && await users.findById(link.userId);
    if (!owner || stateHashOf(owner, purpose) !== link.stateHash) throw spentToken();
    return owner;
  }
  return {
    /**
     * @throws {ApiError} `validation_failed` for a token that is not good (any more)
     * @throws {StoreError}
     */
    async verifyEmail(token, client) {
      const { user } = await ownerOf(token, "verify_email");
      await verifiedEmails.add(user);
      if (!await accountTokens.endAll(user.id, "verify_email")) throw spentToken();
      events.emit("email.verified", { userId: user.id, ...client });
    },
    /** Sends the link unless the address is verified. Returns at once; errors are logged. */
    sendVerification(userId, { requestId }) {
      mailer.post({
        kind: "verify_email",
        requestId,
        async compose() {
          const found = await users.findById(userId);
          if (!found || await verifiedEmails.has(found.user)) return null;
          const token = await accountTokens.issue(found, "verify_email");
          return token === null ? null : mails.verifyEmail({ email: found.user.email, name: null }, token);
        }
      });
    },
    /** Sends the link to the address if somebody has it. Returns at once and takes the same time for every address. */
    forgotPassword(email2, { requestId, ...client }) {
      mailer.post({
        kind: "reset_password",
        requestId,
        async compose() {
          const found = await users.findByEmail(email2);
          const isVerified = found !== null && await verifiedEmails.has(found.user);
          const token = found && await accountTokens.issue(found, "reset_password");
          events.emit("password.reset_requested", { userId: found?.user.id ?? null, requestId, ...client });
          if (found === null || token === null) return null;
          const { user } = found;
          return mails.resetPassword({ email: user.email, name: isVerified ? user.name : null }, token);
        }
      });
    },
    /**
     * Sends the link to a user for an administrator.
     * @throws {ApiError} `not_found` where mails cannot be sent, `rate_limited` when the last link is less than a minute
     *   old, or when the user has too many
     * @throws {StoreError}
     */
    async sendResetLink(owner, client) {
      if (!mailer.enabled) {
        throw new ApiError("not_found", { detail: "No mail can be sent, because SMTP_URL is not set." });
      }
      const { user } = owner;
      const token = await accountTokens.issue(owner, "reset_password");
      if (token === null) {
        const detail = "This user gets at most one link a minute. The last one may be from the user.";
        throw new ApiError("rate_limited", { detail, retryAfterSeconds: 60 });
      }
      events.emit("password.reset_requested", { userId: user.id, ...client });
      const compose = async () => {
        const name = await verifiedEmails.has(user) ? user.name : null;
        return mails.resetPassword({ email: user.email, name }, token, "An administrator");
      };
      mailer.post({ kind: "reset_password", requestId: client.requestId, compose });
    },
    /**
     * Ends every session and sets the password. No session can start between, so no old session and no login with the
     * old password remains. Every link that could set a password ends. With `mfaReset` the second factor is removed,
     * too.
     * @throws {ApiError} `validation_failed` for a token that is not good (any more), or for the password;
     *   `overloaded`
     * @throws {StoreError}
     */
    async resetPassword(token, next, client) {
      const claimant = await ownerOf(token, "reset_password");
      await policy.check("new_password", next, claimant.user);
      const userId = claimant.user.id;
      const nextHash = await passwords.hash(next);
      const user = await retryOnStaleGeneration(async () => {
        const generation = await sessions.generation(userId);
        if (generation === null) return null;
        const owner = await ownerOf(token, "reset_password");
        const write2 = () => users.replacePassword(userId, owner.passwordHash, nextHash);
        const run = await sessions.endAllAndRun(userId, generation, write2, {
          reason: "password_reset",
          client
        });
        return run?.written ? owner.user : null;
      });
      await Promise.allSettled([
        accountTokens.endAll(userId, "reset_password"),
        verifiedEmails.add(user),
        unlock(user.email),
        mfaReset === "on" && mfa.remove({ userId, ...client }, "password_reset")
      ]);
      events.emit("password.reset", { userId, ...client });
    }
  };
}
function spentToken() {
  return invalidInput({ path: "token", message: "is not valid, was used already, or has expired" });
}

// models/admin/admin.model.ts
function createAdminModel(dependencies) {
  const { users, list, trail, disabledAccounts, sessions, mfa, roles, recovery, events } = dependencies;
  async function owner(userId) {
    const found = await users.findById(userId);
    if (found) return found;
    throw unknownUser();
  }
  function tellRead(what, userId, client) {
    events.emit("admin.read", { userId, detail: { what }, ...client });
  }
  return {
    /**
     * A page of users, as {@link UserList.page}.
     * @throws {ApiError} `validation_failed` for an invalid cursor
     */
    async users({ search, limit, cursor }, client) {
      const page = await list.page(search, limit, cursor);
      tellRead("users", null, client);
      return page;
    },
    /** @throws {ApiError} `not_found` */
    async user(userId, client) {
      const found = await list.find(userId);
      if (!found) throw unknownUser();
      tellRead("user", userId, client);
      return found;
    },
    /** A page of the user's live sessions, as {@link SessionModel.list}; none for an unknown user. */
    sessions: sessions.list,
    /**
     * Locks an account: it has no sessions, and no login can start one. It loses the role admin first, so that locked
     * accounts are no administrators. A second call ends sessions again.
     * @throws {ApiError} `not_found`, `validation_failed` for the last administrator
     */
    async disable(userId, client) {
      const { written } = await retryOnStaleGeneration(async () => {
        await roles.set(userId, withoutAdmin, client);
        const generation = await sessions.generation(userId);
        if (generation === null) return null;
        if ((await owner(userId)).roles.includes(ADMIN)) return null;
        return sessions.endAllAndRun(userId, generation, () => disabledAccounts.add(userId, client.by), {
          reason: "account_disabled",
          client
        });
      });
      if (written) events.emit("account.disabled", { userId, ...client });
    },
    /**
     * Unlocks an account. It does not get back the role admin.
     * @throws {ApiError} `not_found`
     */
    async enable(userId, client) {
      await owner(userId);
      if (await disabledAccounts.remove(userId)) events.emit("account.enabled", { userId, ...client });
    },
    /** @throws {ApiError} `not_found` when it is no live session of this user */
    async endSession(userId, sessionId, client) {
      if (!await sessions.end(userId, sessionId, "ended_by_admin", client)) {
        throw new ApiError("not_found", { detail: "The user has no live session with this id." });
      }
      events.emit("account.sessions_ended", { userId, detail: { sessions: "1" }, ...client });
    },
    /**
     * @returns how many sessions ended
     * @throws {ApiError} `not_found`
     */
    async endSessions(userId, client) {
      await owner(userId);
      const ended = await sessions.endAll(userId, "ended_by_admin", client);
      if (ended > 0) {
        events.emit("account.sessions_ended", { userId, detail: { sessions: String(ended) }, ...client });
      }
      return ended;
    },
    /**
     * Sends the user a link to set a new password. Nothing else changes.
     * @throws {ApiError} `not_found`, also where mails cannot be sent; `rate_limited` within a minute after the last link
     */
    async sendResetLink(userId, client) {
      await recovery.sendResetLink(await owner(userId), client);
    },
    /** @throws {ApiError} `not_found` for an unknown user, and when the second factor is off */
    async removeSecondFactor(userId, client) {
      await owner(userId);
      if (!await mfa.remove({ userId, ...client }, "admin")) {
        throw new ApiError("not_found", { detail: "The second factor of this user is not on." });
      }
    },
    /**
     * Gives the user exactly these roles, as {@link RoleModel.set}.
     * @throws {ApiError} `not_found`, `validation_failed` for the last administrator
     */
    async setRoles(userId, wanted, client) {
      await roles.set(userId, () => wanted, client);
    },
    /**
     * A page of the audit trail, as {@link AuditTrailReader.page}.
     * @throws {ApiError} `validation_failed` for an invalid cursor
     */
    async audit({ limit, cursor, ...filter }, client) {
      const page = await trail.page(filter, limit, cursor);
      tellRead("audit", filter.userId ?? null, client);
      return page;
    },
    /** The whole audit trail, a list of entries at a time. The next list is read when it is asked for. */
    async *auditLists(filter, client) {
      tellRead("audit_csv", filter.userId ?? null, client);
      yield* trail.lists(filter);
    }
  };
}
function unknownUser() {
  return new ApiError("not_found", { detail: "There is no user with this id." });
}

// models/admin/userList.sql.ts
var MAX_USERS = 100;
var SCAN = 1e4;
var COLUMNS = `${USER_COLUMNS}, (SELECT email FROM verified_emails WHERE user_id = users.id) AS verified_email, (SELECT recovery_batch FROM totp_secrets WHERE user_id = users.id) AS recovery_batch`;
var PAGE = `LIMIT ${MAX_USERS + 1}`;
var BY_ID = `SELECT ${COLUMNS} FROM users WHERE id = ? AND email IS NOT NULL`;
var END_OF_SCAN = `SELECT id FROM users WHERE id > ? ORDER BY id LIMIT 1 OFFSET ${SCAN - 1}`;
var ALL = `SELECT ${COLUMNS} FROM users WHERE id > ? AND id <= ? AND email IS NOT NULL ORDER BY id ${PAGE}`;
var BY_NAME = `SELECT ${COLUMNS}, (email LIKE ? ESCAPE '!' OR email LIKE ? ESCAPE '!') AS is_listed FROM users WHERE id > ? AND id <= ? AND email IS NOT NULL AND name LIKE ? ESCAPE '!' ORDER BY id ${PAGE}`;
var BY_ADDRESS_MYSQL = `SELECT ${COLUMNS} FROM users WHERE email > ? AND (email LIKE ? ESCAPE '!' OR email LIKE ? ESCAPE '!') ORDER BY email ${PAGE}`;
var BY_ADDRESS_SQLITE = `SELECT ${COLUMNS} FROM users WHERE email >= ? AND email < ? AND email <> ? ORDER BY email ${PAGE}`;
var BEGINNING = 0;
function createUserList(db) {
  async function addressOf(id) {
    if (id === BEGINNING) return "";
    const [row] = await db.query(BY_ID, [id]);
    if (row) return String(row.email);
    throw invalidCursor();
  }
  async function findByAddress(prefix, afterId) {
    const after = await addressOf(afterId);
    const address2 = normalizeEmail(prefix);
    return db.engine === "sqlite" ? db.query(BY_ADDRESS_SQLITE, [after || address2, `${address2}\u{10FFFF}`, after]) : db.query(BY_ADDRESS_MYSQL, [after, ...addressPatterns(prefix)]);
  }
  async function pageByAddress(prefix, limit, afterId) {
    const found = await findByAddress(prefix, afterId);
    const rows = found.slice(0, limit);
    const users = rows.filter((row) => hasAddress(row, prefix)).map(toDetails);
    return found.length > limit ? { users, next: cursorOf({ order: "address", id: idOf(rows) }) } : { users };
  }
  async function pageById(search, limit, afterId) {
    const [end] = await db.query(END_OF_SCAN, [afterId]);
    const range = [afterId, end ? Number(end.id) : Number.MAX_SAFE_INTEGER];
    const found = search === void 0 ? await db.query(ALL, range) : await db.query(BY_NAME, [...addressPatterns(search), ...range, beginningWith(search)]);
    const rows = found.slice(0, limit);
    const wasListed = (row) => search !== void 0 && row.is_listed === 1 && hasAddress(row, search);
    const users = rows.filter((row) => !wasListed(row)).map(toDetails);
    if (found.length > limit) return { users, next: cursorOf({ order: "id", id: idOf(rows) }) };
    return end ? { users, next: cursorOf({ order: "id", id: Number(end.id) }) } : { users };
  }
  return {
    async find(id) {
      const [row] = await db.query(BY_ID, [id]);
      return row ? toDetails(row) : null;
    },
    /**
     * A page of users in the order of their ids. A search gives first the users whose address begins with it, exactly
     * except for the case of ASCII letters, then those whose name does in the column's collation. A page takes the same
     * time wherever it begins, so a page of a search may have fewer users than `limit`, even none, and a next page.
     * @param search the beginning of an address or a name; with an @ only of an address
     * @param limit how many, up to 100
     * @throws {ApiError} `validation_failed` for a cursor that is none of this search, or whose account is closed
     */
    async page(search, limit, cursor) {
      const place = placeOf(cursor, search === void 0 ? "id" : "address");
      if (search === void 0) {
        if (place.order !== "id") throw invalidCursor();
        return pageById(search, limit, place.id);
      }
      if (place.order === "id") return pageById(search, limit, place.id);
      const { users, next } = await pageByAddress(search, limit, place.id);
      if (next) return { users, next };
      if (search.includes("@")) return { users };
      if (users.length === limit) return { users, next: cursorOf({ order: "id", id: BEGINNING }) };
      const named = await pageById(search, limit - users.length, BEGINNING);
      return { ...named, users: [...users, ...named.users] };
    }
  };
}
function toDetails(row) {
  const { user, roles, isDisabled } = toCredentials(row);
  return {
    ...{ user, roles, isDisabled },
    isVerified: row.verified_email === user.email,
    hasSecondFactor: row.recovery_batch !== null
  };
}
function hasAddress({ email: email2 }, prefix) {
  return normalizeEmail(String(email2)).startsWith(normalizeEmail(prefix));
}
function idOf(rows) {
  return Number(rows.at(-1)?.id);
}
function addressPatterns(prefix) {
  return [beginningWith(normalizeEmail(prefix)), beginningWith(prefix)];
}
function beginningWith(prefix) {
  return `${prefix.replace(/[!%_]/g, "!$&")}%`;
}
function cursorOf({ order, id }) {
  return `${order}.${id}`;
}
function placeOf(cursor, first) {
  if (cursor === void 0) return { order: first, id: BEGINNING };
  const [, order, id] = /^(address|id)\.(0|[1-9]\d{0,14})$/.exec(cursor) ?? [];
  if (order !== "address" && order !== "id") throw invalidCursor();
  return { order, id: Number(id) };
}
function invalidCursor() {
  return invalidInput({ path: "cursor", message: "is unknown or too old: start again without a cursor" });
}

// models/audit/activity.sql.ts
var MAX_PAGE = 100;
function createActivityReader(db) {
  async function placeOf3(userId, cursor) {
    const [row] = await db.query("SELECT id FROM audit_log WHERE event_id = ? AND user_id = ?", [
      cursor,
      userId
    ]);
    if (row) return Number(row.id);
    throw invalidInput({ path: "cursor", message: "is unknown or too old: start again without a cursor" });
  }
  return {
    /** The user agents of the user's earlier logins, up to 1,000 different ones. */
    async userAgentsBefore(userId, sessionId) {
      const rows = await db.query(
        "SELECT DISTINCT user_agent FROM audit_log WHERE user_id = ? AND event = 'session.started' AND session_id <> ? LIMIT 1000",
        [userId, sessionId]
      );
      return rows.map((row) => String(row.user_agent));
    },
    /**
     * A page of the user's events, the newest first. The cursor is the last event's id.
     * @param limit how many, up to 100
     * @throws {ApiError} `validation_failed` for a cursor that is none of the user's
     * @throws {StoreError}
     */
    async page(userId, limit, cursor) {
      const before = cursor === void 0 ? Number.MAX_SAFE_INTEGER : await placeOf3(userId, cursor);
      const found = await db.query(
        `SELECT event_id, created_at, event, session_id, reason, ip, user_agent, detail FROM audit_log WHERE user_id = ? AND id < ? ORDER BY id DESC LIMIT ${MAX_PAGE + 1}`,
        [userId, before]
      );
      const rows = found.slice(0, limit);
      const events = rows.map((row) => ({
        event: String(row.event),
        time: fromSqlTime(String(row.created_at)) ?? "",
        ...isByAdministrator(row.detail) ? { ip: "", user_agent: "" } : { ip: String(row.ip), user_agent: String(row.user_agent) },
        ...row.session_id !== null && { session_id: String(row.session_id) },
        ...row.reason !== null && { reason: String(row.reason) }
      }));
      return found.length > limit ? { events, next: String(rows.at(-1)?.event_id) } : { events };
    }
  };
}
function isByAdministrator(detail) {
  return typeof detail === "string" && "by" in JSON.parse(detail);
}

// models/audit/auditTrail.sql.ts
var MAX_AUDIT_ROWS = 100;
var EXPORT_ROWS = 500;
var SCAN2 = 1e4;
var LAST_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
var COLUMNS2 = "id, event_id, created_at, event, user_id, session_id, reason, ip, user_agent, request_id, detail";
var MATCHES = "(? IS NULL OR event = ?) AND (? IS NULL OR ip = ?)";
var BEHIND = "created_at <= ? AND (created_at < ? OR id < ?)";
var IN_TIME = "ORDER BY created_at DESC, id DESC";
var LAST_OF_SCAN = `LIMIT 1 OFFSET ${SCAN2 - 1}`;
var END_OF_SCAN2 = `SELECT id, created_at FROM audit_log WHERE ${BEHIND} ${IN_TIME} ${LAST_OF_SCAN}`;
var END_OF_SCAN_OF_USER = `SELECT id, created_at FROM audit_log WHERE user_id = ? AND id < ? ORDER BY id DESC ${LAST_OF_SCAN}`;
function statements(limit) {
  return {
    ofAll: `SELECT ${COLUMNS2} FROM audit_log WHERE ${BEHIND} AND created_at >= ? AND (created_at > ? OR id >= ?) AND ${MATCHES} ${IN_TIME} LIMIT ${limit}`,
    ofUser: `SELECT ${COLUMNS2} FROM audit_log WHERE user_id = ? AND id < ? AND id >= ? AND created_at >= ? AND created_at < ? AND ${MATCHES} ORDER BY id DESC LIMIT ${limit}`
  };
}
var IN_PAGES = statements(MAX_AUDIT_ROWS + 1);
var IN_EXPORT = statements(EXPORT_ROWS + 1);
function createAuditTrailReader(db) {
  async function endOfScan(userId, { time, id }) {
    const at = toPreciseSqlTime(time);
    const [row] = userId === void 0 ? await db.query(END_OF_SCAN2, [at, at, id]) : await db.query(END_OF_SCAN_OF_USER, [userId, id]);
    return row && placeOf2(row);
  }
  async function read(filter, limit, sql, place) {
    const { userId, event = null, ip = null, from = 0, to = LAST_TIME } = filter;
    const isSparse = event !== null || ip !== null || userId !== void 0 && (from > 0 || to < LAST_TIME);
    const end = isSparse ? await endOfScan(userId, place) : void 0;
    const at = toPreciseSqlTime(place.time);
    const matches2 = [event, event, ip, ip];
    const [begin, until] = [toPreciseSqlTime(from), toPreciseSqlTime(to)];
    const lowest = end && end.time >= from ? end : { time: from, id: 0 };
    const low = toPreciseSqlTime(lowest.time);
    const rows = userId === void 0 ? await db.query(sql.ofAll, [at, at, place.id, low, low, lowest.id, ...matches2]) : await db.query(sql.ofUser, [userId, place.id, end?.id ?? 0, begin, until, ...matches2]);
    const found = rows.slice(0, limit);
    const last = found.at(-1);
    const isAtEnd = userId === void 0 && end !== void 0 && end.time < from;
    const next = rows.length > limit && last ? placeOf2(last) : isAtEnd ? void 0 : end;
    return { entries: found.map(toEntry), next };
  }
  function beginning({ userId, to = LAST_TIME }) {
    return userId === void 0 ? { time: to, id: 0 } : { time: 0, id: Number.MAX_SAFE_INTEGER };
  }
  return {
    /**
     * A page. Each takes the same time: with a filter it looks at 10,000 rows, so it may have fewer entries than
     * `limit`, even none, and a next page.
     * @param limit how many, up to 100
     * @param cursor the `next` of a page with the same filter
     * @throws {ApiError} `validation_failed` for a cursor that is none
     */
    async page(filter, limit, cursor) {
      const place = cursor === void 0 ? beginning(filter) : readCursor(cursor);
      const { entries, next } = await read(filter, limit, IN_PAGES, place);
      return next ? { entries, next: `${next.time}.${next.id}` } : { entries };
    },
    /** Every entry, a list at a time. The next list is read when it is asked for. */
    async *lists(filter) {
      let place = beginning(filter);
      while (place) {
        const { entries, next } = await read(filter, EXPORT_ROWS, IN_EXPORT, place);
        yield entries;
        place = next;
      }
    }
  };
}
function placeOf2(row) {
  return { time: Date.parse(fromSqlTime(String(row.created_at)) ?? ""), id: Number(row.id) };
}
function readCursor(cursor) {
  const [, time, id] = /^(\d{1,15})\.([1-9]\d{0,14})$/.exec(cursor) ?? [];
  if (Number(time) <= LAST_TIME) return { time: Number(time), id: Number(id) };
  throw invalidInput({ path: "cursor", message: "must be the `next` of a response" });
}
function toEntry(row) {
  const text = (value) => value === null ? null : String(value);
  return {
    id: String(row.event_id),
    time: fromSqlTime(String(row.created_at)) ?? "",
    event: String(row.event),
    user_id: row.user_id === null ? null : Number(row.user_id),
    session_id: text(row.session_id),
    reason: text(row.reason),
    ip: String(row.ip),
    user_agent: String(row.user_agent),
    request_id: String(row.request_id),
    detail: row.detail === null ? null : JSON.parse(String(row.detail))
  };
}

// models/audit/events.ts
function createEmitter(log) {
  const listeners = [];
  async function tell(listener, name, event) {
    try {
      await listener(name, event);
    } catch (err) {
      log.error({ err, event: name, request_id: event.requestId }, "an event listener failed");
    }
  }
  return {
    on(name, listener) {
      listeners.push((told2, event) => told2 === name ? listener(event) : void 0);
    },
    /** Gets every event in the order of emission. */
    onAny(listener) {
      listeners.push(listener);
    },
    emit(name, event) {
      for (const listener of listeners) setImmediate(tell, listener, name, event);
    },
    /** For events about something that is still being read. Where that fails, the log says so. */
    emitAfter(read, emit) {
      read.then(emit).catch((err) => log.error({ err }, "events are lost"));
    }
  };
}

// models/limits/lockout.memory.ts
function createMemoryLockoutStore(now) {
  const entries = /* @__PURE__ */ new Map();
  let sweepAt = 1024;
  function current(key) {
    const entry = entries.get(key) ?? { attempts: /* @__PURE__ */ new Map(), failures: [] };
    entries.delete(key);
    sweep();
    entries.set(key, forgetExpired(entry));
    return entry;
  }
  function forgetExpired(entry) {
    const time = now();
    for (const [id, until] of entry.attempts) if (until <= time) entry.attempts.delete(id);
    entry.failures = entry.failures.filter((until) => until > time);
    return entry;
  }
  function sweep() {
    if (entries.size < sweepAt) return;
    for (const [key, entry] of entries) {
      const { attempts, failures } = forgetExpired(entry);
      if (attempts.size + failures.length === 0) entries.delete(key);
    }
    sweepAt = Math.max(1024, entries.size * 2);
  }
  return {
    async begin(key, attemptId, limit) {
      const { attempts, failures } = current(key);
      if (failures.length >= limit.failures)
        return { outcome: "locked", msLeft: Math.min(...failures) - now() };
      if (failures.length + attempts.size >= limit.failures) return { outcome: "busy" };
      attempts.set(attemptId, now() + ATTEMPT_TTL_MS);
      return { outcome: "go" };
    },
    async settle(key, attemptId, outcome, { failures: allowed, windowMs }) {
      const entry = current(key);
      entry.attempts.delete(attemptId);
      if (outcome === "success") entry.failures = [];
      if (outcome === "failure") {
        entry.failures.push(now() + windowMs);
        if (entry.failures.length >= allowed) entry.failures.fill(now() + windowMs);
      }
      if (entry.attempts.size + entry.failures.length === 0) entries.delete(key);
      return outcome === "failure" && entry.failures.length === allowed;
    }
  };
}

// models/limits/lockout.redis.ts
var prelude = `
  local key = KEYS[1]
  local now, window, limit, id = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now)

  local function failures()
    local found = {}
    for _, member in ipairs(redis.call('ZRANGE', key, 0, -1)) do
      if string.sub(member, 1, 2) == 'f:' then table.insert(found, member) end
    end
    return found
  end
`;
var beginScript = defineScript(`
  ${prelude}
  local attemptTtl = tonumber(ARGV[5])
  local failed = failures()
  if #failed >= limit then return { 'locked', tonumber(redis.call('ZSCORE', key, failed[1])) - now } end
  if redis.call('ZCARD', key) >= limit then return { 'busy' } end
  redis.call('ZADD', key, now + attemptTtl, 'a:' .. id)
  redis.call('PEXPIRE', key, math.max(window, attemptTtl))
  return { 'go' }
`);
var settleScript = defineScript(`
  ${prelude}
  local outcome = ARGV[5]
  redis.call('ZREM', key, 'a:' .. id)
  if outcome == 'success' then
    for _, member in ipairs(failures()) do redis.call('ZREM', key, member) end
  elseif outcome == 'failure' then
    redis.call('ZADD', key, now + window, 'f:' .. id)
    local failed = failures()
    if #failed >= limit then
      for _, member in ipairs(failed) do redis.call('ZADD', key, now + window, member) end
    end
    redis.call('PEXPIRE', key, math.max(window, ${ATTEMPT_TTL_MS}))
    if #failed == limit then return 1 end
  end
  return 0
`);
var beginReply = union([tuple([_enum(["go", "busy"])]), tuple([literal("locked"), number()])]);
function createRedisLockoutStore(redis, now) {
  const keyOf2 = (key) => `lockout:${key}`;
  return {
    async begin(key, attemptId, { failures, windowMs }) {
      const args = [now(), windowMs, failures, attemptId, ATTEMPT_TTL_MS];
      const [outcome, msLeft = 0] = beginReply.parse(await redis.eval(beginScript, [keyOf2(key)], args));
      return outcome === "locked" ? { outcome, msLeft } : { outcome };
    },
    async settle(key, attemptId, outcome, { failures, windowMs }) {
      const args = [now(), windowMs, failures, attemptId, outcome];
      return await redis.eval(settleScript, [keyOf2(key)], args) === 1;
    }
  };
}

// models/limits/rateLimit.memory.ts
var import_rate_limiter_flexible2 = __toESM(require_rate_limiter_flexible(), 1);

// models/limits/rateLimit.model.ts
var import_rate_limiter_flexible = __toESM(require_rate_limiter_flexible(), 1);
function createRateLimiter(limiter, limit) {
  return {
    limit,
    async consume(key) {
      try {
        return toConsumption(await limiter.consume(key), "allowed");
      } catch (refusal) {
        if (refusal instanceof import_rate_limiter_flexible.RateLimiterRes) return toConsumption(refusal, "refused");
        throw refusal;
      }
    }
  };
}
function toConsumption({ remainingPoints, msBeforeNext }, verdict) {
  return { allowed: verdict === "allowed", remaining: remainingPoints, msLeft: msBeforeNext };
}

// models/limits/rateLimit.memory.ts
function createMemoryRateLimiter(limit) {
  return createRateLimiter(new import_rate_limiter_flexible2.RateLimiterMemory({ points: limit.requests, duration: limit.window }), limit);
}

// models/limits/rateLimit.redis.ts
var import_rate_limiter_flexible3 = __toESM(require_rate_limiter_flexible(), 1);
function createRedisRateLimiter(redis, limit) {
  let script = defineScript("");
  const limiter = new import_rate_limiter_flexible3.RateLimiterRedis({
    points: limit.requests,
    duration: limit.window,
    keyPrefix: "rate_limit",
    inMemoryBlockOnConsumed: limit.requests,
    // The library needs only `eval` of a client. So its one script has the same deadline as every other command.
    useRedisPackage: true,
    storeClient: {
      eval: (lua, { keys, arguments: args }) => {
        if (script.lua !== lua) script = defineScript(lua);
        return redis.eval(script, keys, args);
      }
    }
  });
  return createRateLimiter(limiter, limit);
}

// models/limits/replay.memory.ts
function createMemoryReplayStore(now) {
  const expiries = /* @__PURE__ */ new Map();
  return {
    async record(signature, ttlMs) {
      const time = now();
      for (const [recorded, expiresAt] of expiries) {
        if (expiresAt > time) break;
        expiries.delete(recorded);
      }
      if ((expiries.get(signature) ?? 0) > time) return false;
      expiries.delete(signature);
      expiries.set(signature, time + ttlMs);
      return true;
    }
  };
}

// models/limits/replay.redis.ts
function createRedisReplayStore(redis) {
  return {
    async record(signature, ttlMs) {
      const key = `signature:${signature}`;
      return await redis.run(key, ["SET", key, "1", "NX", "PX", String(ttlMs)]) === "OK";
    }
  };
}

// models/mfa/encryption.model.ts
import { createCipheriv, createDecipheriv, hkdfSync as hkdfSync2, randomBytes as randomBytes4 } from "node:crypto";
var ALGORITHM = "aes-256-gcm";
var IV_BYTES = 12;
var TAG_BYTES = 16;
function createEncryptionModel({ secret, dataKey = null, previousDataKey = null }) {
  const derived = derive(secret, "data key", 32);
  const current = dataKey ?? derived;
  const keyring = new Map(
    [derived, dataKey, previousDataKey].flatMap((key) => key ? [[keyIdOf(key), key]] : [])
  );
  const currentId = keyIdOf(current);
  return {
    /** @param owner whose it is; the text can be decrypted for no other */
    encrypt(plaintext, owner) {
      const iv = randomBytes4(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, current, iv).setAAD(aad(currentId, owner));
      const sealed = [iv, cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()];
      return `${currentId}.${Buffer.concat(sealed).toString("base64url")}`;
    },
    /**
     * @returns `isCurrent` false when it should be encrypted again, under the current key
     * @throws {Error} when the key is not there, or the text is altered or another owner's
     */
    decrypt(text, owner) {
      const [keyId = "", sealed = ""] = text.split(".");
      const key = keyring.get(keyId);
      if (!key) throw new Error(`No DATA_KEY has the id ${keyId}: see DATA_KEY_PREVIOUS`);
      const bytes = Buffer.from(sealed, "base64url");
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES
      });
      decipher.setAAD(aad(keyId, owner)).setAuthTag(bytes.subarray(-TAG_BYTES));
      const opened = [decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()];
      return { plaintext: Buffer.concat(opened).toString("utf8"), isCurrent: keyId === currentId };
    }
  };
}
function derive(secret, purpose, bytes) {
  return Buffer.from(hkdfSync2("sha256", secret, "", purpose, bytes));
}
function keyIdOf(key) {
  return derive(key, "data key id", 4).toString("hex");
}
function aad(keyId, owner) {
  return Buffer.from(`${keyId}.${owner}`);
}

// models/mfa/totp.model.ts
import { createHash as createHash6, randomBytes as randomBytes6 } from "node:crypto";

// node_modules/@otplib/core/dist/index.js
var a = class extends Error {
  constructor(e, t2) {
    super(e, t2), this.name = "OTPError";
  }
};
var x2 = class extends a {
  constructor(e) {
    super(e), this.name = "SecretError";
  }
};
var A = class extends x2 {
  constructor(e, t2) {
    super(`Secret must be at least ${e} bytes (${e * 8} bits), got ${t2} bytes`), this.name = "SecretTooShortError";
  }
};
var P2 = class extends x2 {
  constructor(e, t2) {
    super(`Secret must not exceed ${e} bytes, got ${t2} bytes`), this.name = "SecretTooLongError";
  }
};
var E = class extends a {
  constructor(e) {
    super(e), this.name = "CounterError";
  }
};
var O2 = class extends E {
  constructor() {
    super("Counter must be non-negative"), this.name = "CounterNegativeError";
  }
};
var T2 = class extends E {
  constructor() {
    super("Counter exceeds maximum safe integer value"), this.name = "CounterOverflowError";
  }
};
var b = class extends E {
  constructor() {
    super("Counter must be a finite integer"), this.name = "CounterNotIntegerError";
  }
};
var S2 = class extends a {
  constructor(e) {
    super(e), this.name = "TimeError";
  }
};
var C = class extends S2 {
  constructor() {
    super("Time must be non-negative"), this.name = "TimeNegativeError";
  }
};
var w = class extends S2 {
  constructor() {
    super("Time must be a finite number"), this.name = "TimeNotFiniteError";
  }
};
var _ = class extends a {
  constructor(e) {
    super(e), this.name = "PeriodError";
  }
};
var B = class extends _ {
  constructor(e) {
    super(`Period must be at least ${e} second(s)`), this.name = "PeriodTooSmallError";
  }
};
var R2 = class extends _ {
  constructor(e) {
    super(`Period must not exceed ${e} seconds`), this.name = "PeriodTooLargeError";
  }
};
var F = class extends a {
  constructor(e) {
    super(e), this.name = "AlgorithmError";
  }
};
var h = class extends F {
  constructor(e, t2 = {}) {
    let { supported: n2, plugin: s } = t2;
    super("Unsupported hash algorithm." + (n2 ? ` Expected one of: ${n2.join(", ") || "(none)"}` : "") + (s ? ` [plugin: ${s}]` : "")), this.name = "AlgorithmUnsupportedError";
  }
};
var I2 = class extends a {
  constructor(e) {
    super(e), this.name = "TokenError";
  }
};
var M2 = class extends I2 {
  constructor(e, t2) {
    super(`Token must be ${e} digits, got ${t2}`), this.name = "TokenLengthError";
  }
};
var N = class extends I2 {
  constructor() {
    super("Token must contain only digits"), this.name = "TokenFormatError";
  }
};
var U2 = class extends a {
  constructor(e, t2) {
    super(e, t2), this.name = "CryptoError";
  }
};
var c = class extends U2 {
  constructor(e, t2) {
    super(`HMAC computation failed: ${e}`, t2), this.name = "HMACError";
  }
};
var v = class extends U2 {
  constructor(e, t2) {
    super(`Random byte generation failed: ${e}`, t2), this.name = "RandomBytesError";
  }
};
var g = class extends a {
  constructor(e) {
    super(e), this.name = "CounterToleranceError";
  }
};
var H2 = class extends g {
  constructor(e, t2) {
    super(`Counter tolerance validation failed: total checks (${t2}) exceeds MAX_WINDOW (${e})`), this.name = "CounterToleranceTooLargeError";
  }
};
var X = class extends g {
  constructor() {
    super("Counter tolerance cannot contain negative values"), this.name = "CounterToleranceNegativeError";
  }
};
var d3 = class extends a {
  constructor(e) {
    super(e), this.name = "EpochToleranceError";
  }
};
var k2 = class extends d3 {
  constructor() {
    super("Epoch tolerance cannot contain negative values"), this.name = "EpochToleranceNegativeError";
  }
};
var L2 = class extends d3 {
  constructor(e, t2) {
    super(`Epoch tolerance must not exceed ${e} seconds, got ${t2}. Large tolerances can cause performance issues.`), this.name = "EpochToleranceTooLargeError";
  }
};
var q = class extends a {
  constructor(e) {
    super(e), this.name = "PluginError";
  }
};
var G2 = class extends q {
  constructor() {
    super("Crypto plugin is required."), this.name = "CryptoPluginMissingError";
  }
};
var z = class extends q {
  constructor() {
    super("Base32 plugin is required."), this.name = "Base32PluginMissingError";
  }
};
var u = class extends a {
  constructor(e) {
    super(e), this.name = "ConfigurationError";
  }
};
var Y = class extends u {
  constructor() {
    super("Secret is required. Use generateSecret() to create one, or provide via { secret: 'YOUR_BASE32_SECRET' }"), this.name = "SecretMissingError";
  }
};
var y = class extends a {
  constructor(e) {
    super(e), this.name = "AfterTimeStepError";
  }
};
var er = class extends y {
  constructor() {
    super("afterTimeStep must be >= 0"), this.name = "AfterTimeStepNegativeError";
  }
};
var tr = class extends y {
  constructor() {
    super("Invalid afterTimeStep: non-integer value"), this.name = "AfterTimeStepNotIntegerError";
  }
};
var nr = class extends y {
  constructor() {
    super("Invalid afterTimeStep: cannot be greater than current time step plus window"), this.name = "AfterTimeStepRangeExceededError";
  }
};
var br = new TextEncoder();
var Sr = new TextDecoder();
var ur = 16;
var cr = 64;
var pr = 20;
var lr = 1;
var gr = 3600;
var dr = 30;
var mr = Number.MAX_SAFE_INTEGER;
var Er = 99;
var sr = /* @__PURE__ */ Symbol("otplib.guardrails.override");
function f(r2, e, t2) {
  if (typeof e != "number" || !Number.isSafeInteger(e)) throw new u(`Guardrail '${r2}' must be a safe integer`);
  if (e < t2) throw new u(`Guardrail '${r2}' must be >= ${t2}`);
}
var m = Object.freeze({ MIN_SECRET_BYTES: ur, MAX_SECRET_BYTES: cr, MIN_PERIOD: lr, MAX_PERIOD: gr, MAX_COUNTER: mr, MAX_WINDOW: Er, [sr]: false });
function Cr(r2) {
  if (!r2) return m;
  r2.MIN_SECRET_BYTES !== void 0 && f("MIN_SECRET_BYTES", r2.MIN_SECRET_BYTES, 1), r2.MAX_SECRET_BYTES !== void 0 && f("MAX_SECRET_BYTES", r2.MAX_SECRET_BYTES, 1), r2.MIN_PERIOD !== void 0 && f("MIN_PERIOD", r2.MIN_PERIOD, 1), r2.MAX_PERIOD !== void 0 && f("MAX_PERIOD", r2.MAX_PERIOD, 1), r2.MAX_COUNTER !== void 0 && f("MAX_COUNTER", r2.MAX_COUNTER, 0), r2.MAX_WINDOW !== void 0 && f("MAX_WINDOW", r2.MAX_WINDOW, 1);
  let e = { ...m, ...r2 };
  if (e.MIN_SECRET_BYTES > e.MAX_SECRET_BYTES) throw new u("Guardrail 'MIN_SECRET_BYTES' must be <= 'MAX_SECRET_BYTES'");
  if (e.MIN_PERIOD > e.MAX_PERIOD) throw new u("Guardrail 'MIN_PERIOD' must be <= 'MAX_PERIOD'");
  return Object.freeze({ ...e, [sr]: true });
}
var Tr = { sha1: ["sha1", "sha-1", "sha_1"], sha256: ["sha256", "sha-256", "sha_256"], sha512: ["sha512", "sha-512", "sha_512"] };
var V = Object.freeze(Object.keys(Tr));
var _r = new Map(Object.entries(Tr).flatMap(([r2, e]) => e.map((t2) => [t2, r2])));
function K(r2, e = {}) {
  let { supported: t2, plugin: n2 } = e, s = t2 === void 0 ? V : V.filter((o) => t2.includes(o));
  if (typeof r2 == "string") {
    let o = _r.get(r2.toLowerCase());
    if (o !== void 0 && s.includes(o)) return o;
  }
  throw new h(r2, { supported: s, plugin: n2 });
}
function Br(r2, e = m) {
  if (r2.length < e.MIN_SECRET_BYTES) throw new A(e.MIN_SECRET_BYTES, r2.length);
  if (r2.length > e.MAX_SECRET_BYTES) throw new P2(e.MAX_SECRET_BYTES, r2.length);
}
function Rr(r2, e = m) {
  if (typeof r2 == "number") {
    if (!Number.isFinite(r2) || !Number.isInteger(r2)) throw new b();
    if (!Number.isSafeInteger(r2)) throw new T2();
  }
  let t2 = typeof r2 == "bigint" ? r2 : BigInt(r2);
  if (t2 < 0n) throw new O2();
  if (t2 > BigInt(e.MAX_COUNTER)) throw new T2();
}
function Ir(r2) {
  if (!Number.isFinite(r2)) throw new w();
  if (r2 < 0) throw new C();
}
function Mr(r2, e = m) {
  if (!Number.isInteger(r2) || r2 < e.MIN_PERIOD) throw new B(e.MIN_PERIOD);
  if (r2 > e.MAX_PERIOD) throw new R2(e.MAX_PERIOD);
}
function Nr(r2, e) {
  if (r2.length !== e) throw new M2(e, r2.length);
  if (!/^\d+$/.test(r2)) throw new N();
}
function Ur(r2, e = m) {
  let [t2, n2] = yr(r2);
  if (!Number.isSafeInteger(t2) || !Number.isSafeInteger(n2)) throw new g("Counter tolerance values must be safe integers");
  if (t2 < 0 || n2 < 0) throw new X();
  let s = t2 + n2 + 1;
  if (s > e.MAX_WINDOW) throw new H2(e.MAX_WINDOW, s);
}
function vr(r2, e = dr, t2 = m) {
  let [n2, s] = Array.isArray(r2) ? r2 : [r2, r2];
  if (!Number.isSafeInteger(n2) || !Number.isSafeInteger(s)) throw new d3("Epoch tolerance values must be safe integers");
  if (n2 < 0 || s < 0) throw new k2();
  let o = (t2.MAX_WINDOW - 1) * e, i = n2 + s;
  if (i > o) throw new L2(o, i);
}
function Dr(r2) {
  let e = typeof r2 == "bigint" ? r2 : BigInt(r2), t2 = new ArrayBuffer(8);
  return new DataView(t2).setBigUint64(0, e, false), new Uint8Array(t2);
}
function Hr(r2) {
  let e = r2[r2.length - 1] & 15;
  return (r2[e] & 127) << 24 | r2[e + 1] << 16 | r2[e + 2] << 8 | r2[e + 3];
}
function Xr(r2, e) {
  let t2 = 10 ** e;
  return (r2 % t2).toString().padStart(e, "0");
}
function hr(r2, e) {
  return r2.length === e.length;
}
function ir(r2, e) {
  let t2 = or(r2), n2 = or(e);
  if (!hr(t2, n2)) return false;
  let s = 0;
  for (let o = 0; o < t2.length; o++) s |= t2[o] ^ n2[o];
  return s === 0;
}
function or(r2) {
  return typeof r2 == "string" ? br.encode(r2) : r2;
}
function qr(r2, e) {
  return typeof r2 == "string" ? (ar(e), e.decode(r2)) : r2;
}
function Gr(r2) {
  let { crypto: e, base32: t2, length: n2 = pr } = r2;
  fr(e), ar(t2);
  let s = e.randomBytes(n2);
  return t2.encode(s, { padding: false });
}
function yr(r2 = 0) {
  return Array.isArray(r2) ? r2 : [0, r2];
}
function zr(r2 = 0) {
  return Array.isArray(r2) ? r2 : [r2, r2];
}
function fr(r2) {
  if (!r2) throw new G2();
}
function ar(r2) {
  if (!r2) throw new z();
}
function Yr(r2) {
  if (!r2) throw new Y();
}
function Vr(r2) {
  return typeof r2.then == "function";
}
var J = class {
  constructor(e) {
    this.crypto = e;
  }
  get plugin() {
    return this.crypto;
  }
  normalize(e) {
    return K(e, { supported: this.crypto.algorithms, plugin: this.crypto.name });
  }
  async hmac(e, t2, n2) {
    let s = this.normalize(e);
    try {
      return await this.crypto.hmac(s, t2, n2);
    } catch (o) {
      let i = o instanceof Error ? o.message : String(o);
      throw new c(i, { cause: o });
    }
  }
  hmacSync(e, t2, n2) {
    let s = this.normalize(e);
    try {
      let o = this.crypto.hmac(s, t2, n2);
      if (!Vr(o)) return o;
      Promise.resolve(o).catch(() => {
      });
    } catch (o) {
      let i = o instanceof Error ? o.message : String(o);
      throw new c(i, { cause: o });
    }
    throw new c("Crypto plugin does not support synchronous HMAC operations");
  }
  randomBytes(e) {
    try {
      return this.crypto.randomBytes(e);
    } catch (t2) {
      let n2 = t2 instanceof Error ? t2.message : String(t2);
      throw new v(n2, { cause: t2 });
    }
  }
};
function Jr(r2) {
  return new J(r2);
}

// node_modules/@otplib/uri/dist/index.js
function h2(r2) {
  let { type: e, label: s, params: t2 } = r2, i = s.split(":").map((n2) => encodeURIComponent(n2)).join(":"), a2 = `otpauth://${e}/${i}?`, o = [];
  if (t2.secret && o.push(`secret=${encodeURIComponent(t2.secret)}`), t2.issuer && o.push(`issuer=${encodeURIComponent(t2.issuer)}`), t2.algorithm) {
    let n2 = K(t2.algorithm);
    n2 !== "sha1" && o.push(`algorithm=${n2.toUpperCase()}`);
  }
  return t2.digits && t2.digits !== 6 && o.push(`digits=${t2.digits}`), e === "hotp" && t2.counter !== void 0 && o.push(`counter=${t2.counter}`), e === "totp" && t2.period !== void 0 && t2.period !== 30 && o.push(`period=${t2.period}`), a2 += o.join("&"), a2;
}
function A2(r2) {
  let { issuer: e, label: s, secret: t2, algorithm: i = "sha1", digits: a2 = 6, period: o = 30 } = r2, n2 = e ? `${e}:${s}` : s;
  return h2({ type: "totp", label: n2, params: { secret: t2, issuer: e, algorithm: i, digits: a2, period: o } });
}
function R3(r2) {
  let { issuer: e, label: s, secret: t2, counter: i = 0, algorithm: a2 = "sha1", digits: o = 6 } = r2, n2 = e ? `${e}:${s}` : s;
  return h2({ type: "hotp", label: n2, params: { secret: t2, issuer: e, algorithm: a2, digits: o, counter: i } });
}

// node_modules/@otplib/hotp/dist/index.js
function V2(u2) {
  let { secret: r2, counter: t2, algorithm: o = "sha1", digits: i = 6, crypto: n2, base32: e, guardrails: a2, hooks: s } = u2;
  Yr(r2), fr(n2);
  let c3 = qr(r2, e);
  Br(c3, a2), Rr(t2, a2);
  let l2 = K(o, { supported: n2.algorithms, plugin: n2.name }), p = Jr(n2), g2 = Dr(t2);
  return { ctx: p, algorithm: l2, digits: i, secretBytes: c3, counterBytes: g2, hooks: s };
}
function K2(u2) {
  let { ctx: r2, algorithm: t2, digits: o, secretBytes: i, counterBytes: n2, hooks: e } = V2(u2), a2 = r2.hmacSync(t2, i, n2), s = e?.truncateDigest ? e.truncateDigest(a2) : Hr(a2);
  return e?.encodeToken ? e.encodeToken(s, o) : Xr(s, o);
}
function R4(u2) {
  let { secret: r2, counter: t2, token: o, algorithm: i = "sha1", digits: n2 = 6, crypto: e, base32: a2, counterTolerance: s = 0, guardrails: c3 = Cr(), hooks: l2 } = u2;
  Yr(r2), fr(e);
  let p = qr(r2, a2);
  Br(p, c3), Rr(t2, c3);
  let g2 = K(i, { supported: e.algorithms, plugin: e.name });
  l2?.validateToken ? l2.validateToken(o, n2) : Nr(o, n2), Ur(s, c3);
  let B2 = typeof t2 == "bigint" ? Number(t2) : t2, [f2, h3] = yr(s), S3 = f2 + h3 + 1;
  return { token: o, counterNum: B2, past: f2, future: h3, totalChecks: S3, crypto: e, getGenerateOptions: (q2) => ({ secret: p, counter: q2, algorithm: g2, digits: n2, crypto: e, guardrails: c3, hooks: l2 }) };
}
function _2(u2) {
  let { token: r2, counterNum: t2, past: o, totalChecks: i, crypto: n2, getGenerateOptions: e } = R4(u2), a2 = Math.max(0, o - t2);
  for (let s = a2; s < i; s++) {
    let c3 = s - o, l2 = t2 + c3, p = K2(e(l2));
    if (n2.constantTimeEqual(p, r2)) return { valid: true, delta: c3 | 0 };
  }
  return { valid: false };
}

// node_modules/@otplib/totp/dist/index.js
function w2(r2) {
  let { secret: e, epoch: o = Math.floor(Date.now() / 1e3), t0: n2 = 0, period: i = 30, algorithm: s = "sha1", digits: l2 = 6, crypto: a2, base32: u2, guardrails: c3 = Cr(), hooks: t2 } = r2;
  Yr(e), fr(a2);
  let p = qr(e, u2);
  Br(p, c3), Ir(o), Mr(i, c3);
  let m3 = K(s, { supported: a2.algorithms, plugin: a2.name }), f2 = Math.floor((o - n2) / i);
  return { secret: p, counter: f2, algorithm: m3, digits: l2, crypto: a2, guardrails: c3, hooks: t2 };
}
function $(r2) {
  let e = w2(r2);
  return K2(e);
}
function ee(r2, e) {
  if (r2 !== void 0) {
    if (r2 < 0) throw new er();
    if (!Number.isSafeInteger(r2)) throw new tr();
    if (r2 > e) throw new nr();
  }
}
function R5(r2, e) {
  return e !== void 0 && r2 <= e;
}
function A3(r2) {
  let { secret: e, token: o, epoch: n2 = Math.floor(Date.now() / 1e3), t0: i = 0, period: s = 30, algorithm: l2 = "sha1", digits: a2 = 6, crypto: u2, base32: c3, epochTolerance: t2 = 0, afterTimeStep: p, guardrails: m3 = Cr(), hooks: f2 } = r2;
  Yr(e), fr(u2);
  let g2 = qr(e, c3);
  Br(g2, m3), Ir(n2), Mr(s, m3);
  let M3 = K(l2, { supported: u2.algorithms, plugin: u2.name });
  f2?.validateToken ? f2.validateToken(o, a2) : Nr(o, a2), vr(t2, s, m3);
  let I4 = Math.floor((n2 - i) / s), [q2, D] = zr(t2), E2 = Math.max(0, Math.floor((n2 - q2 - i) / s)), S3 = Math.floor((n2 + D - i) / s);
  return ee(p, S3), { token: o, crypto: u2, minCounter: E2, maxCounter: S3, currentCounter: I4, t0: i, period: s, afterTimeStep: p, getGenerateOptions: (H3) => ({ secret: g2, epoch: H3 * s + i, t0: i, period: s, algorithm: M3, digits: a2, crypto: u2, guardrails: m3, hooks: f2 }) };
}
function ae(r2) {
  let { token: e, crypto: o, minCounter: n2, maxCounter: i, currentCounter: s, t0: l2, period: a2, afterTimeStep: u2, getGenerateOptions: c3 } = A3(r2);
  for (let t2 = n2; t2 <= i; t2++) {
    if (R5(t2, u2)) continue;
    let p = $(c3(t2));
    if (o.constantTimeEqual(p, e)) return { valid: true, delta: t2 - s, epoch: t2 * a2 + l2, timeStep: t2 };
  }
  return { valid: false };
}

// node_modules/@scure/base/index.js
var freeze = (fn) => Object.freeze(fn());
function isBytes(a2) {
  return a2 instanceof Uint8Array || ArrayBuffer.isView(a2) && a2.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a2 && a2.BYTES_PER_ELEMENT === 1;
}
function abytes(b3) {
  if (!isBytes(b3))
    throw new TypeError("Uint8Array expected");
}
function astr(label, input) {
  if (typeof input !== "string")
    throw new TypeError(`${label}: string expected`);
  return true;
}
function anumber(n2, title = "number") {
  if (typeof n2 !== "number")
    throw new TypeError(`${title}: expected number, got ${typeof n2}`);
  if (!Number.isSafeInteger(n2))
    throw new RangeError(`${title}: expected safe integer, got ${n2}`);
}
function chain(...args) {
  const id = (a2) => a2;
  const wrap = (a2, b3) => (c3) => a2(b3(c3));
  const encode = args.map((x4) => x4.encode).reduceRight(wrap, id);
  const decode = args.map((x4) => x4.decode).reduce(wrap, id);
  return { encode, decode };
}
var powers = /* @__PURE__ */ (() => {
  let res = [];
  for (let i = 0; i < 40; i++)
    res.push(2 ** i);
  return res;
})();
var asciiDecoder = /* @__PURE__ */ (() => {
  try {
    const decoder = new TextDecoder();
    return decoder.decode(Uint8Array.of(65, 48, 43, 127)) === "A0+\x7F" ? decoder : void 0;
  } catch (e) {
    return void 0;
  }
})();
var B2S_CHUNK = 8192;
function charcodesToString(codes) {
  const len = codes.length;
  if (asciiDecoder !== void 0 && len >= 12)
    return asciiDecoder.decode(codes);
  if (len <= B2S_CHUNK)
    return String.fromCharCode.apply(null, codes);
  let res = "";
  for (let i = 0; i < len; i += B2S_CHUNK)
    res += String.fromCharCode.apply(null, codes.subarray(i, i + B2S_CHUNK));
  return res;
}
function radix2(bits) {
  anumber(bits);
  if (bits <= 0 || bits > 8)
    throw new RangeError("radix2: bits should be in (0..8]");
  const mask = powers[bits] - 1;
  return {
    encode: (bytes) => {
      abytes(bytes);
      const len = bytes.length;
      const res = new Uint8Array(Math.ceil(len * 8 / bits));
      let carry = 0;
      let pos = 0;
      let j2 = 0;
      for (let i = 0; i < len; ) {
        if (i + 2 < len) {
          carry = carry << 24 | bytes[i] << 16 | bytes[i + 1] << 8 | bytes[i + 2];
          pos += 24;
          i += 3;
        } else {
          carry = (carry << 8 | bytes[i]) & 65535;
          pos += 8;
          i++;
        }
        for (; ; ) {
          pos -= bits;
          res[j2++] = carry >> pos & mask;
          if (pos < bits)
            break;
        }
      }
      if (pos > 0)
        res[j2] = carry << bits - pos & mask;
      return res;
    },
    decode: (digits) => {
      const len = digits.length;
      const res = new Uint8Array(Math.floor(len * bits / 8));
      let carry = 0;
      let pos = 0;
      let j2 = 0;
      for (let i = 0; i < len; i++) {
        carry = (carry << bits | digits[i]) & 65535;
        pos += bits;
        for (; pos >= 8; pos -= 8)
          res[j2++] = carry >> pos - 8 & 255;
      }
      carry = carry << 8 - pos & 255;
      if (pos >= bits)
        throw new Error("Excess padding");
      if (carry > 0)
        throw new Error(`Non-zero padding: ${carry}`);
      return res;
    }
  };
}
function alphabet(letters, aliases) {
  const len = letters.length;
  if (len > 128)
    throw new Error("alphabet: max 128 letters");
  const encTable = new Uint8Array(len);
  const decTable = new Int8Array(128).fill(-1);
  for (let i = 0; i < len; i++) {
    const code = letters.charCodeAt(i);
    if (letters.codePointAt(i) !== code || code > 127)
      throw new Error("alphabet: single-char ASCII letters only");
    encTable[i] = code;
    decTable[code] = i;
  }
  if (aliases !== void 0) {
    for (const alias of Object.keys(aliases)) {
      const code = alias.charCodeAt(0);
      const target = decTable[aliases[alias].charCodeAt(0)];
      if (alias.length !== 1 || code > 127 || target === void 0 || target === -1)
        throw new Error(`alphabet: invalid alias ${alias}`);
      decTable[code] = target;
    }
  }
  return {
    encode: (digits) => {
      const codes = new Uint8Array(digits.length);
      for (let i = 0; i < digits.length; i++) {
        const d8 = digits[i];
        const code = encTable[d8];
        if (code === void 0)
          throw new Error(`alphabet.encode: invalid digit ${d8}`);
        codes[i] = code;
      }
      return charcodesToString(codes);
    },
    decode: (input) => {
      astr("decode", input);
      const slen = input.length;
      const digits = new Uint8Array(slen);
      for (let i = 0; i < slen; i++) {
        const code = input.charCodeAt(i);
        const digit = code < 128 ? decTable[code] : -1;
        if (digit === -1)
          throw new Error(`Unknown letter "${input[i]}". Allowed: ${letters}`);
        digits[i] = digit;
      }
      return digits;
    }
  };
}
function padding(bits, chr = "=") {
  anumber(bits);
  astr("padding", chr);
  return {
    encode(data) {
      while (data.length * bits % 8)
        data += chr;
      return data;
    },
    decode(input) {
      astr("decode", input);
      let end = input.length;
      if (end * bits % 8)
        throw new Error("padding: invalid length");
      for (; end > 0 && input[end - 1] === chr; end--) {
        const byte = (end - 1) * bits;
        if (byte % 8 === 0)
          throw new Error("padding: excess padding");
      }
      return input.slice(0, end);
    }
  };
}
var base32 = /* @__PURE__ */ freeze(() => chain(radix2(5), alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), padding(5)));

// node_modules/@otplib/plugin-base32-scure/dist/index.js
var r = class {
  name = "scure";
  encode(o, e = {}) {
    let { padding: t2 = false } = e, n2 = base32.encode(o);
    return t2 ? n2 : n2.replace(/=+$/, "");
  }
  decode(o) {
    try {
      let e = o.toUpperCase(), t2 = e.padEnd(Math.ceil(e.length / 8) * 8, "=");
      return base32.decode(t2);
    } catch (e) {
      throw new Error(`Invalid Base32 string: ${e.message}`);
    }
  }
};
var d5 = Object.freeze(new r());

// node_modules/@noble/hashes/utils.js
function isBytes2(a2) {
  return a2 instanceof Uint8Array || ArrayBuffer.isView(a2) && a2.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a2 && a2.BYTES_PER_ELEMENT === 1;
}
var atitle = (title) => title ? `"${title}" ` : "";
function anumber2(n2, title = "") {
  if (typeof n2 !== "number")
    throw new TypeError(atitle(title) + "expected number, got " + typeof n2);
  if (!Number.isSafeInteger(n2) || n2 < 0)
    throw new RangeError(atitle(title) + "expected integer >= 0, got " + n2);
  return n2;
}
function abytes2(value, length, title = "") {
  if (isBytes2(value) && (length === void 0 || value.length === length))
    return value;
  if (length !== void 0)
    anumber2(length, "length");
  const bytes = isBytes2(value);
  const ofLen = length !== void 0 ? ` of length ${length}` : "";
  const got = bytes ? `length=${value.length}` : `type=${typeof value}`;
  const message = atitle(title) + "expected Uint8Array" + ofLen + ", got " + got;
  if (!bytes)
    throw new TypeError(message);
  throw new RangeError(message);
}
function ahash(h3) {
  if (typeof h3 !== "function" || typeof h3.create !== "function")
    throw new TypeError("expected hash wrapped by utils.createHasher");
  anumber2(h3.outputLen);
  anumber2(h3.blockLen);
  if (h3.outputLen < 1 || h3.blockLen < 1)
    throw new Error("hash blockLen / outputLen must be >= 1");
}
var aobject = (value, label) => {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new TypeError((label === "object" ? "" : `"${label}" `) + "expected object, got type=" + typeof value);
};
var aopts = (value, label) => {
  aobject(value, label);
  const proto = Object.getPrototypeOf(value);
  if (proto !== Object.prototype && proto !== null)
    throw new TypeError(`"${label}" expected plain object`);
  if (Object.hasOwn(value, "__proto__"))
    throw new TypeError(`"${label}.__proto__" is not allowed`);
};
function aexists(instance, checkFinished = true) {
  if (instance.destroyed)
    throw new Error("hash was destroyed");
  if (checkFinished && instance.finished)
    throw new Error("digest() was already called");
}
function aoutput(out, instance) {
  abytes2(out, void 0, "output");
  const min = instance.outputLen;
  if (!(out.length >= min)) {
    throw new RangeError('"output" expected length >= ' + min);
  }
}
function clean(...arrays) {
  for (let i = 0; i < arrays.length; i++) {
    arrays[i].fill(0);
  }
}
function createView(arr) {
  return new DataView(arr.buffer, arr.byteOffset, arr.byteLength);
}
function rotr(word, shift) {
  return word << 32 - shift | word >>> shift;
}
function rotl(word, shift) {
  return word << shift | word >>> 32 - shift >>> 0;
}
function checkOpts(defaults, opts, title = "opts") {
  aopts(defaults, "defaults");
  if (opts !== void 0)
    aopts(opts, title);
  const merged = Object.assign(/* @__PURE__ */ Object.create(null), defaults, opts);
  return merged;
}
function createHasher(hashCons, info = {}) {
  if (typeof hashCons !== "function")
    throw new TypeError('"hashCons" expected function, got type=' + typeof hashCons);
  info = checkOpts({}, info, "info");
  const hashC = (msg, opts) => hashCons(opts).update(msg).digest();
  const tmp = hashCons(void 0);
  hashC.outputLen = tmp.outputLen;
  hashC.blockLen = tmp.blockLen;
  hashC.canXOF = tmp.canXOF;
  hashC.create = (opts) => hashCons(opts);
  Object.assign(hashC, info);
  return Object.freeze(hashC);
}
function randomBytes5(bytesLength = 32) {
  anumber2(bytesLength, "bytesLength");
  const cr2 = typeof globalThis === "object" ? globalThis.crypto : null;
  if (typeof cr2?.getRandomValues !== "function")
    throw new Error("crypto.getRandomValues must be defined");
  if (bytesLength > 65536)
    throw new RangeError(`"bytesLength" expected <= 65536, got ${bytesLength}`);
  return cr2.getRandomValues(new Uint8Array(bytesLength));
}
var oidNist = (suffix) => ({
  // Current NIST hashAlgs suffixes used here fit in one DER subidentifier octet.
  // Larger suffix values would need base-128 OID encoding and a different length byte.
  oid: Uint8Array.from([6, 9, 96, 134, 72, 1, 101, 3, 4, 2, suffix])
});

// node_modules/@noble/hashes/hmac.js
var _HMAC = class {
  oHash;
  iHash;
  blockLen;
  outputLen;
  canXOF = false;
  finished = false;
  destroyed = false;
  constructor(hash, key) {
    ahash(hash);
    abytes2(key, void 0, "key");
    this.iHash = hash.create();
    if (typeof this.iHash.update !== "function")
      throw new Error("expected Hash instance");
    this.blockLen = this.iHash.blockLen;
    this.outputLen = this.iHash.outputLen;
    const blockLen = this.blockLen;
    const pad = new Uint8Array(blockLen);
    pad.set(key.length > blockLen ? hash.create().update(key).digest() : key);
    for (let i = 0; i < pad.length; i++)
      pad[i] ^= 54;
    this.iHash.update(pad);
    this.oHash = hash.create();
    for (let i = 0; i < pad.length; i++)
      pad[i] ^= 54 ^ 92;
    this.oHash.update(pad);
    clean(pad);
  }
  update(buf) {
    aexists(this);
    this.iHash.update(buf);
    return this;
  }
  digestInto(out) {
    aexists(this);
    aoutput(out, this);
    this.finished = true;
    const buf = out.subarray(0, this.outputLen);
    this.iHash.digestInto(buf);
    this.oHash.update(buf);
    this.oHash.digestInto(buf);
    this.destroy();
  }
  digest() {
    const out = new Uint8Array(this.oHash.outputLen);
    this.digestInto(out);
    return out;
  }
  _cloneInto(to) {
    to ||= Object.create(Object.getPrototypeOf(this), {});
    const { oHash, iHash, finished, destroyed, blockLen, outputLen, canXOF } = this;
    to = to;
    to.finished = finished;
    to.destroyed = destroyed;
    to.blockLen = blockLen;
    to.outputLen = outputLen;
    to.canXOF = canXOF;
    to.oHash = oHash._cloneInto(to.oHash);
    to.iHash = iHash._cloneInto(to.iHash);
    return to;
  }
  clone() {
    return this._cloneInto();
  }
  destroy() {
    this.destroyed = true;
    this.oHash.destroy();
    this.iHash.destroy();
  }
};
var hmac = /* @__PURE__ */ (() => {
  const hmac_ = ((hash, key, message) => new _HMAC(hash, key).update(message).digest());
  hmac_.create = (hash, key) => new _HMAC(hash, key);
  return hmac_;
})();

// node_modules/@noble/hashes/_u64.js
var U32_MASK64 = /* @__PURE__ */ (() => BigInt(2 ** 32 - 1))();
var _32n = /* @__PURE__ */ BigInt(32);
function fromBig(n2, le = false) {
  if (le)
    return { h: Number(n2 & U32_MASK64), l: Number(n2 >> _32n & U32_MASK64) };
  return { h: Number(n2 >> _32n & U32_MASK64) | 0, l: Number(n2 & U32_MASK64) | 0 };
}
function split(lst, le = false) {
  const len = lst.length;
  let Ah = new Uint32Array(len);
  let Al = new Uint32Array(len);
  for (let i = 0; i < len; i++) {
    const { h: h3, l: l2 } = fromBig(lst[i], le);
    [Ah[i], Al[i]] = [h3, l2];
  }
  return [Ah, Al];
}
var fromNumH = (n2) => n2 / 2 ** 32 | 0;
var fromNumL = (n2) => n2 >>> 0;
function setU64FromNum(view, byteOffset, n2, isLE) {
  const h3 = fromNumH(n2);
  const l2 = fromNumL(n2);
  view.setUint32(byteOffset, isLE ? l2 : h3, isLE);
  view.setUint32(byteOffset + 4, isLE ? h3 : l2, isLE);
}
var shrSH = (h3, _l, s) => h3 >>> s;
var shrSL = (h3, l2, s) => h3 << 32 - s | l2 >>> s;
var rotrSH = (h3, l2, s) => h3 >>> s | l2 << 32 - s;
var rotrSL = (h3, l2, s) => h3 << 32 - s | l2 >>> s;
var rotrBH = (h3, l2, s) => h3 << 64 - s | l2 >>> s - 32;
var rotrBL = (h3, l2, s) => h3 >>> s - 32 | l2 << 64 - s;
function add(Ah, Al, Bh, Bl) {
  const l2 = (Al >>> 0) + (Bl >>> 0);
  return { h: Ah + Bh + (l2 / 2 ** 32 | 0) | 0, l: l2 | 0 };
}
var add3L = (Al, Bl, Cl) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0);
var add3H = (low, Ah, Bh, Ch) => Ah + Bh + Ch + (low / 2 ** 32 | 0) | 0;
var add4L = (Al, Bl, Cl, Dl) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0) + (Dl >>> 0);
var add4H = (low, Ah, Bh, Ch, Dh) => Ah + Bh + Ch + Dh + (low / 2 ** 32 | 0) | 0;
var add5L = (Al, Bl, Cl, Dl, El) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0) + (Dl >>> 0) + (El >>> 0);
var add5H = (low, Ah, Bh, Ch, Dh, Eh) => Ah + Bh + Ch + Dh + Eh + (low / 2 ** 32 | 0) | 0;

// node_modules/@noble/hashes/_md.js
function Chi(a2, b3, c3) {
  return a2 & b3 ^ ~a2 & c3;
}
function Maj(a2, b3, c3) {
  return a2 & b3 ^ a2 & c3 ^ b3 & c3;
}
var HashMD = class {
  blockLen;
  outputLen;
  canXOF = false;
  padOffset;
  isLE;
  // For partial updates less than block size
  buffer;
  view;
  finished = false;
  length = 0;
  pos = 0;
  destroyed = false;
  constructor(blockLen, outputLen, padOffset, isLE) {
    this.blockLen = blockLen;
    this.outputLen = outputLen;
    this.padOffset = padOffset;
    this.isLE = isLE;
    this.buffer = new Uint8Array(blockLen);
    this.view = createView(this.buffer);
  }
  update(data) {
    aexists(this);
    abytes2(data);
    const { view, buffer, blockLen } = this;
    const len = data.length;
    let processed = false;
    for (let pos = 0; pos < len; ) {
      const take = Math.min(blockLen - this.pos, len - pos);
      if (take === blockLen) {
        const dataView = createView(data);
        for (; blockLen <= len - pos; pos += blockLen)
          this.process(dataView, pos);
        processed = true;
        continue;
      }
      buffer.set(pos === 0 && take === len ? data : data.subarray(pos, pos + take), this.pos);
      this.pos += take;
      pos += take;
      if (this.pos === blockLen) {
        this.process(view, 0);
        this.pos = 0;
        processed = true;
      }
    }
    this.length += data.length;
    if (processed)
      this.roundClean();
    return this;
  }
  digestInto(out) {
    aexists(this);
    aoutput(out, this);
    this.finished = true;
    const { buffer, view, blockLen, isLE } = this;
    let { pos } = this;
    buffer[pos++] = 128;
    buffer.fill(0, pos);
    if (this.padOffset > blockLen - pos) {
      this.process(view, 0);
      buffer.fill(0);
    }
    setU64FromNum(view, blockLen - 8, this.length * 8, isLE);
    this.process(view, 0);
    this.roundClean();
    const oview = out === buffer ? view : createView(out);
    const len = this.outputLen;
    const outLen = len / 4;
    const state = this.get();
    if (len % 4 || outLen > state.length)
      throw new Error("invalid outputLen");
    for (let i = 0; i < outLen; i++)
      oview.setUint32(4 * i, state[i], isLE);
  }
  digest() {
    const { buffer, outputLen } = this;
    this.digestInto(buffer);
    const res = buffer.slice(0, outputLen);
    this.destroy();
    return res;
  }
  _cloneIntoMeta(to) {
    const { buffer, length, finished, destroyed, pos } = this;
    to.destroyed = destroyed;
    to.finished = finished;
    to.length = length;
    to.pos = pos;
    if (pos)
      to.buffer.set(buffer);
    return to;
  }
  clone() {
    return this._cloneInto();
  }
};
var SHA256_IV = /* @__PURE__ */ Uint32Array.from([
  1779033703,
  3144134277,
  1013904242,
  2773480762,
  1359893119,
  2600822924,
  528734635,
  1541459225
]);
var SHA512_IV = /* @__PURE__ */ Uint32Array.from([
  1779033703,
  4089235720,
  3144134277,
  2227873595,
  1013904242,
  4271175723,
  2773480762,
  1595750129,
  1359893119,
  2917565137,
  2600822924,
  725511199,
  528734635,
  4215389547,
  1541459225,
  327033209
]);

// node_modules/@noble/hashes/legacy.js
var SHA1_IV = /* @__PURE__ */ Uint32Array.from([
  1732584193,
  4023233417,
  2562383102,
  271733878,
  3285377520
]);
var SHA1_W = /* @__PURE__ */ new Uint32Array(80);
var _SHA1 = class extends HashMD {
  A = SHA1_IV[0] | 0;
  B = SHA1_IV[1] | 0;
  C = SHA1_IV[2] | 0;
  D = SHA1_IV[3] | 0;
  E = SHA1_IV[4] | 0;
  constructor() {
    super(64, 20, 8, false);
  }
  get() {
    const { A: A4, B: B2, C: C2, D, E: E2 } = this;
    return [A4, B2, C2, D, E2];
  }
  set(A4, B2, C2, D, E2) {
    this.A = A4 | 0;
    this.B = B2 | 0;
    this.C = C2 | 0;
    this.D = D | 0;
    this.E = E2 | 0;
  }
  _cloneInto(to) {
    (to ||= new this.constructor()).set(...this.get());
    return this._cloneIntoMeta(to);
  }
  process(view, offset) {
    for (let i = 0; i < 16; i++, offset += 4)
      SHA1_W[i] = view.getUint32(offset, false);
    for (let i = 16; i < 80; i++)
      SHA1_W[i] = rotl(SHA1_W[i - 3] ^ SHA1_W[i - 8] ^ SHA1_W[i - 14] ^ SHA1_W[i - 16], 1);
    let { A: A4, B: B2, C: C2, D, E: E2 } = this;
    for (let i = 0; i < 80; i++) {
      let F2, K3;
      if (i < 20) {
        F2 = Chi(B2, C2, D);
        K3 = 1518500249;
      } else if (i < 40) {
        F2 = B2 ^ C2 ^ D;
        K3 = 1859775393;
      } else if (i < 60) {
        F2 = Maj(B2, C2, D);
        K3 = 2400959708;
      } else {
        F2 = B2 ^ C2 ^ D;
        K3 = 3395469782;
      }
      const T4 = rotl(A4, 5) + F2 + E2 + K3 + SHA1_W[i] | 0;
      E2 = D;
      D = C2;
      C2 = rotl(B2, 30);
      B2 = A4;
      A4 = T4;
    }
    A4 = A4 + this.A | 0;
    B2 = B2 + this.B | 0;
    C2 = C2 + this.C | 0;
    D = D + this.D | 0;
    E2 = E2 + this.E | 0;
    this.set(A4, B2, C2, D, E2);
  }
  roundClean() {
    clean(SHA1_W);
  }
  destroy() {
    this.destroyed = true;
    this.set(0, 0, 0, 0, 0);
    clean(this.buffer);
  }
};
var sha1 = /* @__PURE__ */ createHasher(() => new _SHA1());

// node_modules/@noble/hashes/sha2.js
var SHA256_K = /* @__PURE__ */ Uint32Array.from([
  1116352408,
  1899447441,
  3049323471,
  3921009573,
  961987163,
  1508970993,
  2453635748,
  2870763221,
  3624381080,
  310598401,
  607225278,
  1426881987,
  1925078388,
  2162078206,
  2614888103,
  3248222580,
  3835390401,
  4022224774,
  264347078,
  604807628,
  770255983,
  1249150122,
  1555081692,
  1996064986,
  2554220882,
  2821834349,
  2952996808,
  3210313671,
  3336571891,
  3584528711,
  113926993,
  338241895,
  666307205,
  773529912,
  1294757372,
  1396182291,
  1695183700,
  1986661051,
  2177026350,
  2456956037,
  2730485921,
  2820302411,
  3259730800,
  3345764771,
  3516065817,
  3600352804,
  4094571909,
  275423344,
  430227734,
  506948616,
  659060556,
  883997877,
  958139571,
  1322822218,
  1537002063,
  1747873779,
  1955562222,
  2024104815,
  2227730452,
  2361852424,
  2428436474,
  2756734187,
  3204031479,
  3329325298
]);
var SHA256_W = /* @__PURE__ */ new Uint32Array(64);
var SHA2_32B = class extends HashMD {
  // We cannot use array here since array allows indexing by variable
  // which means optimizer/compiler cannot use registers.
  // Numeric initializers matter: starting the fields as `undefined` changes
  // V8's field representation and makes sha256 3x slower (measured).
  A = 0;
  B = 0;
  C = 0;
  D = 0;
  E = 0;
  F = 0;
  G = 0;
  H = 0;
  constructor(outputLen, IV) {
    super(64, outputLen, 8, false);
    this.A = IV[0] | 0;
    this.B = IV[1] | 0;
    this.C = IV[2] | 0;
    this.D = IV[3] | 0;
    this.E = IV[4] | 0;
    this.F = IV[5] | 0;
    this.G = IV[6] | 0;
    this.H = IV[7] | 0;
  }
  get() {
    const { A: A4, B: B2, C: C2, D, E: E2, F: F2, G: G3, H: H3 } = this;
    return [A4, B2, C2, D, E2, F2, G3, H3];
  }
  // prettier-ignore
  set(A4, B2, C2, D, E2, F2, G3, H3) {
    this.A = A4 | 0;
    this.B = B2 | 0;
    this.C = C2 | 0;
    this.D = D | 0;
    this.E = E2 | 0;
    this.F = F2 | 0;
    this.G = G3 | 0;
    this.H = H3 | 0;
  }
  _cloneInto(to) {
    (to ||= new this.constructor()).set(...this.get());
    return this._cloneIntoMeta(to);
  }
  process(view, offset) {
    for (let i = 0; i < 16; i++, offset += 4)
      SHA256_W[i] = view.getUint32(offset, false);
    for (let i = 16; i < 64; i++) {
      const W15 = SHA256_W[i - 15];
      const W2 = SHA256_W[i - 2];
      const s0 = rotr(W15, 7) ^ rotr(W15, 18) ^ W15 >>> 3;
      const s1 = rotr(W2, 17) ^ rotr(W2, 19) ^ W2 >>> 10;
      SHA256_W[i] = s1 + SHA256_W[i - 7] + s0 + SHA256_W[i - 16] | 0;
    }
    let { A: A4, B: B2, C: C2, D, E: E2, F: F2, G: G3, H: H3 } = this;
    for (let i = 0; i < 64; i++) {
      const sigma1 = rotr(E2, 6) ^ rotr(E2, 11) ^ rotr(E2, 25);
      const T1 = H3 + sigma1 + Chi(E2, F2, G3) + SHA256_K[i] + SHA256_W[i] | 0;
      const sigma0 = rotr(A4, 2) ^ rotr(A4, 13) ^ rotr(A4, 22);
      const T22 = sigma0 + Maj(A4, B2, C2) | 0;
      H3 = G3;
      G3 = F2;
      F2 = E2;
      E2 = D + T1 | 0;
      D = C2;
      C2 = B2;
      B2 = A4;
      A4 = T1 + T22 | 0;
    }
    A4 = A4 + this.A | 0;
    B2 = B2 + this.B | 0;
    C2 = C2 + this.C | 0;
    D = D + this.D | 0;
    E2 = E2 + this.E | 0;
    F2 = F2 + this.F | 0;
    G3 = G3 + this.G | 0;
    H3 = H3 + this.H | 0;
    this.set(A4, B2, C2, D, E2, F2, G3, H3);
  }
  roundClean() {
    clean(SHA256_W);
  }
  destroy() {
    this.destroyed = true;
    this.set(0, 0, 0, 0, 0, 0, 0, 0);
    clean(this.buffer);
  }
};
var _SHA256 = class extends SHA2_32B {
  constructor() {
    super(32, SHA256_IV);
  }
};
var K512 = /* @__PURE__ */ (() => split([
  "0x428a2f98d728ae22",
  "0x7137449123ef65cd",
  "0xb5c0fbcfec4d3b2f",
  "0xe9b5dba58189dbbc",
  "0x3956c25bf348b538",
  "0x59f111f1b605d019",
  "0x923f82a4af194f9b",
  "0xab1c5ed5da6d8118",
  "0xd807aa98a3030242",
  "0x12835b0145706fbe",
  "0x243185be4ee4b28c",
  "0x550c7dc3d5ffb4e2",
  "0x72be5d74f27b896f",
  "0x80deb1fe3b1696b1",
  "0x9bdc06a725c71235",
  "0xc19bf174cf692694",
  "0xe49b69c19ef14ad2",
  "0xefbe4786384f25e3",
  "0x0fc19dc68b8cd5b5",
  "0x240ca1cc77ac9c65",
  "0x2de92c6f592b0275",
  "0x4a7484aa6ea6e483",
  "0x5cb0a9dcbd41fbd4",
  "0x76f988da831153b5",
  "0x983e5152ee66dfab",
  "0xa831c66d2db43210",
  "0xb00327c898fb213f",
  "0xbf597fc7beef0ee4",
  "0xc6e00bf33da88fc2",
  "0xd5a79147930aa725",
  "0x06ca6351e003826f",
  "0x142929670a0e6e70",
  "0x27b70a8546d22ffc",
  "0x2e1b21385c26c926",
  "0x4d2c6dfc5ac42aed",
  "0x53380d139d95b3df",
  "0x650a73548baf63de",
  "0x766a0abb3c77b2a8",
  "0x81c2c92e47edaee6",
  "0x92722c851482353b",
  "0xa2bfe8a14cf10364",
  "0xa81a664bbc423001",
  "0xc24b8b70d0f89791",
  "0xc76c51a30654be30",
  "0xd192e819d6ef5218",
  "0xd69906245565a910",
  "0xf40e35855771202a",
  "0x106aa07032bbd1b8",
  "0x19a4c116b8d2d0c8",
  "0x1e376c085141ab53",
  "0x2748774cdf8eeb99",
  "0x34b0bcb5e19b48a8",
  "0x391c0cb3c5c95a63",
  "0x4ed8aa4ae3418acb",
  "0x5b9cca4f7763e373",
  "0x682e6ff3d6b2b8a3",
  "0x748f82ee5defb2fc",
  "0x78a5636f43172f60",
  "0x84c87814a1f0ab72",
  "0x8cc702081a6439ec",
  "0x90befffa23631e28",
  "0xa4506cebde82bde9",
  "0xbef9a3f7b2c67915",
  "0xc67178f2e372532b",
  "0xca273eceea26619c",
  "0xd186b8c721c0c207",
  "0xeada7dd6cde0eb1e",
  "0xf57d4f7fee6ed178",
  "0x06f067aa72176fba",
  "0x0a637dc5a2c898a6",
  "0x113f9804bef90dae",
  "0x1b710b35131c471b",
  "0x28db77f523047d84",
  "0x32caab7b40c72493",
  "0x3c9ebe0a15c9bebc",
  "0x431d67c49c100d4c",
  "0x4cc5d4becb3e42b6",
  "0x597f299cfc657e2a",
  "0x5fcb6fab3ad6faec",
  "0x6c44198c4a475817"
].map((n2) => BigInt(n2))))();
var SHA512_Kh = /* @__PURE__ */ (() => K512[0])();
var SHA512_Kl = /* @__PURE__ */ (() => K512[1])();
var SHA512_W_H = /* @__PURE__ */ new Uint32Array(80);
var SHA512_W_L = /* @__PURE__ */ new Uint32Array(80);
var SHA2_64B = class extends HashMD {
  // We cannot use array here since array allows indexing by variable
  // which means optimizer/compiler cannot use registers.
  // h -- high 32 bits, l -- low 32 bits
  // Numeric initializers matter: starting the fields as `undefined` changes
  // V8's field representation and slows hashing down (measured on sha256).
  Ah = 0;
  Al = 0;
  Bh = 0;
  Bl = 0;
  Ch = 0;
  Cl = 0;
  Dh = 0;
  Dl = 0;
  Eh = 0;
  El = 0;
  Fh = 0;
  Fl = 0;
  Gh = 0;
  Gl = 0;
  Hh = 0;
  Hl = 0;
  constructor(outputLen, IV) {
    super(128, outputLen, 16, false);
    this.Ah = IV[0] | 0;
    this.Al = IV[1] | 0;
    this.Bh = IV[2] | 0;
    this.Bl = IV[3] | 0;
    this.Ch = IV[4] | 0;
    this.Cl = IV[5] | 0;
    this.Dh = IV[6] | 0;
    this.Dl = IV[7] | 0;
    this.Eh = IV[8] | 0;
    this.El = IV[9] | 0;
    this.Fh = IV[10] | 0;
    this.Fl = IV[11] | 0;
    this.Gh = IV[12] | 0;
    this.Gl = IV[13] | 0;
    this.Hh = IV[14] | 0;
    this.Hl = IV[15] | 0;
  }
  // prettier-ignore
  get() {
    const { Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl } = this;
    return [Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl];
  }
  // prettier-ignore
  set(Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl) {
    this.Ah = Ah | 0;
    this.Al = Al | 0;
    this.Bh = Bh | 0;
    this.Bl = Bl | 0;
    this.Ch = Ch | 0;
    this.Cl = Cl | 0;
    this.Dh = Dh | 0;
    this.Dl = Dl | 0;
    this.Eh = Eh | 0;
    this.El = El | 0;
    this.Fh = Fh | 0;
    this.Fl = Fl | 0;
    this.Gh = Gh | 0;
    this.Gl = Gl | 0;
    this.Hh = Hh | 0;
    this.Hl = Hl | 0;
  }
  _cloneInto(to) {
    (to ||= new this.constructor()).set(...this.get());
    return this._cloneIntoMeta(to);
  }
  process(view, offset) {
    for (let i = 0; i < 16; i++, offset += 4) {
      SHA512_W_H[i] = view.getUint32(offset);
      SHA512_W_L[i] = view.getUint32(offset += 4);
    }
    for (let i = 16; i < 80; i++) {
      const W15h = SHA512_W_H[i - 15] | 0;
      const W15l = SHA512_W_L[i - 15] | 0;
      const s0h = rotrSH(W15h, W15l, 1) ^ rotrSH(W15h, W15l, 8) ^ shrSH(W15h, W15l, 7);
      const s0l = rotrSL(W15h, W15l, 1) ^ rotrSL(W15h, W15l, 8) ^ shrSL(W15h, W15l, 7);
      const W2h = SHA512_W_H[i - 2] | 0;
      const W2l = SHA512_W_L[i - 2] | 0;
      const s1h = rotrSH(W2h, W2l, 19) ^ rotrBH(W2h, W2l, 61) ^ shrSH(W2h, W2l, 6);
      const s1l = rotrSL(W2h, W2l, 19) ^ rotrBL(W2h, W2l, 61) ^ shrSL(W2h, W2l, 6);
      const SUMl = add4L(s0l, s1l, SHA512_W_L[i - 7], SHA512_W_L[i - 16]);
      const SUMh = add4H(SUMl, s0h, s1h, SHA512_W_H[i - 7], SHA512_W_H[i - 16]);
      SHA512_W_H[i] = SUMh | 0;
      SHA512_W_L[i] = SUMl | 0;
    }
    let { Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl } = this;
    for (let i = 0; i < 80; i++) {
      const sigma1h = rotrSH(Eh, El, 14) ^ rotrSH(Eh, El, 18) ^ rotrBH(Eh, El, 41);
      const sigma1l = rotrSL(Eh, El, 14) ^ rotrSL(Eh, El, 18) ^ rotrBL(Eh, El, 41);
      const CHIh = Eh & Fh ^ ~Eh & Gh;
      const CHIl = El & Fl ^ ~El & Gl;
      const T1ll = add5L(Hl, sigma1l, CHIl, SHA512_Kl[i], SHA512_W_L[i]);
      const T1h = add5H(T1ll, Hh, sigma1h, CHIh, SHA512_Kh[i], SHA512_W_H[i]);
      const T1l = T1ll | 0;
      const sigma0h = rotrSH(Ah, Al, 28) ^ rotrBH(Ah, Al, 34) ^ rotrBH(Ah, Al, 39);
      const sigma0l = rotrSL(Ah, Al, 28) ^ rotrBL(Ah, Al, 34) ^ rotrBL(Ah, Al, 39);
      const MAJh = Ah & Bh ^ Ah & Ch ^ Bh & Ch;
      const MAJl = Al & Bl ^ Al & Cl ^ Bl & Cl;
      Hh = Gh | 0;
      Hl = Gl | 0;
      Gh = Fh | 0;
      Gl = Fl | 0;
      Fh = Eh | 0;
      Fl = El | 0;
      ({ h: Eh, l: El } = add(Dh | 0, Dl | 0, T1h | 0, T1l | 0));
      Dh = Ch | 0;
      Dl = Cl | 0;
      Ch = Bh | 0;
      Cl = Bl | 0;
      Bh = Ah | 0;
      Bl = Al | 0;
      const All = add3L(T1l, sigma0l, MAJl);
      Ah = add3H(All, T1h, sigma0h, MAJh);
      Al = All | 0;
    }
    ({ h: Ah, l: Al } = add(this.Ah | 0, this.Al | 0, Ah | 0, Al | 0));
    ({ h: Bh, l: Bl } = add(this.Bh | 0, this.Bl | 0, Bh | 0, Bl | 0));
    ({ h: Ch, l: Cl } = add(this.Ch | 0, this.Cl | 0, Ch | 0, Cl | 0));
    ({ h: Dh, l: Dl } = add(this.Dh | 0, this.Dl | 0, Dh | 0, Dl | 0));
    ({ h: Eh, l: El } = add(this.Eh | 0, this.El | 0, Eh | 0, El | 0));
    ({ h: Fh, l: Fl } = add(this.Fh | 0, this.Fl | 0, Fh | 0, Fl | 0));
    ({ h: Gh, l: Gl } = add(this.Gh | 0, this.Gl | 0, Gh | 0, Gl | 0));
    ({ h: Hh, l: Hl } = add(this.Hh | 0, this.Hl | 0, Hh | 0, Hl | 0));
    this.set(Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl);
  }
  roundClean() {
    clean(SHA512_W_H, SHA512_W_L);
  }
  destroy() {
    this.destroyed = true;
    clean(this.buffer);
    this.set(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
};
var _SHA512 = class extends SHA2_64B {
  constructor() {
    super(64, SHA512_IV);
  }
};
var sha256 = /* @__PURE__ */ createHasher(
  () => new _SHA256(),
  /* @__PURE__ */ oidNist(1)
);
var sha512 = /* @__PURE__ */ createHasher(
  () => new _SHA512(),
  /* @__PURE__ */ oidNist(3)
);

// node_modules/@otplib/plugin-crypto-noble/dist/index.js
var n = { sha1, sha256, sha512 };
var y2 = Object.freeze(Object.keys(n));
var t = class {
  name = "noble";
  algorithms = y2;
  hmac(r2, o, a2) {
    let e = K(r2, { supported: this.algorithms, plugin: this.name });
    return hmac(n[e], o, a2);
  }
  randomBytes(r2) {
    return randomBytes5(r2);
  }
  constantTimeEqual(r2, o) {
    return ir(r2, o);
  }
};
var d6 = Object.freeze(new t());

// node_modules/otplib/dist/index.js
function c2(r2) {
  return { secret: r2.secret, strategy: r2.strategy ?? "totp", crypto: r2.crypto ?? d6, base32: r2.base32 ?? d5, algorithm: r2.algorithm ?? "sha1", digits: r2.digits ?? 6, period: r2.period ?? 30, epoch: r2.epoch ?? Math.floor(Date.now() / 1e3), t0: r2.t0 ?? 0, counter: r2.counter, guardrails: r2.guardrails ?? Cr(), hooks: r2.hooks };
}
function O3(r2) {
  return { ...c2(r2), token: r2.token, epochTolerance: r2.epochTolerance ?? 0, counterTolerance: r2.counterTolerance ?? 0, afterTimeStep: r2.afterTimeStep };
}
function l(r2, e, t2) {
  if (r2 === "totp") return t2.totp();
  if (r2 === "hotp") {
    if (e === void 0) throw new u("Counter is required for HOTP strategy. Example: { strategy: 'hotp', counter: 0 }");
    return t2.hotp(e);
  }
  throw new u(`Unknown OTP strategy: ${r2}. Valid strategies are 'totp' or 'hotp'.`);
}
function I3(r2) {
  let { crypto: e = d6, base32: t2 = d5, length: o = 20 } = r2 || {};
  return Gr({ crypto: e, base32: t2, length: o });
}
function m2(r2) {
  let { strategy: e = "totp", issuer: t2, label: o, secret: a2, algorithm: i = "sha1", digits: s = 6, period: n2 = 30, counter: p } = r2;
  return l(e, p, { totp: () => A2({ issuer: t2, label: o, secret: a2, algorithm: i, digits: s, period: n2 }), hotp: (y3) => R3({ issuer: t2, label: o, secret: a2, algorithm: i, digits: s, counter: y3 }) });
}
function d7(r2) {
  let e = O3(r2), { secret: t2, token: o, crypto: a2, base32: i, algorithm: s, digits: n2, hooks: p } = e, y3 = { secret: t2, token: o, crypto: a2, base32: i, algorithm: s, digits: n2, hooks: p };
  return l(e.strategy, e.counter, { totp: () => ae({ ...y3, period: e.period, epoch: e.epoch, t0: e.t0, epochTolerance: e.epochTolerance, afterTimeStep: e.afterTimeStep, guardrails: e.guardrails }), hotp: (f2) => _2({ ...y3, counter: f2, counterTolerance: e.counterTolerance, guardrails: e.guardrails }) });
}

// models/mfa/totp.sql.ts
var DELETE_CODES = "DELETE FROM recovery_codes WHERE user_id = ? AND batch = ?";
function createTotpTable(db) {
  const changesOne = async (sql, values) => (await db.run(sql, values)).affectedRows === 1;
  return {
    async find(userId) {
      const [row] = await db.query("SELECT secret, recovery_batch FROM totp_secrets WHERE user_id = ?", [
        userId
      ]);
      if (!row) return null;
      const batch = row.recovery_batch ? String(row.recovery_batch) : null;
      return { userId, secret: String(row.secret), batch };
    },
    /** False where there is no enrolment that waits for its confirmation. */
    replacePending: (userId, secret) => changesOne("UPDATE totp_secrets SET secret = ? WHERE user_id = ? AND recovery_batch IS NULL", [
      secret,
      userId
    ]),
    /** False where the user has a row. */
    async insertPending(userId, secret) {
      try {
        await db.run("INSERT INTO totp_secrets (user_id, secret) VALUES (?, ?)", [userId, secret]);
        return true;
      } catch (error) {
        if (error instanceof DuplicateEntryError) return false;
        throw error;
      }
    },
    /** Turns an enrolment on; false when it is not what it was. */
    turnOn: ({ userId, secret }, batch, step) => changesOne(
      "UPDATE totp_secrets SET recovery_batch = ?, last_step = ? WHERE user_id = ? AND secret = ? AND recovery_batch IS NULL",
      [batch, step, userId, secret]
    ),
    /** Uses a time step and every earlier one; false when it was used. */
    useStep: ({ userId, batch }, step, secret) => changesOne(
      "UPDATE totp_secrets SET last_step = ?, secret = ? WHERE user_id = ? AND recovery_batch = ? AND last_step < ?",
      [step, secret, userId, batch, step]
    ),
    async insertCodes(userId, batch, hashes) {
      const rows = hashes.map(() => "(?, ?, ?)").join(", ");
      await db.run(
        `INSERT INTO recovery_codes (user_id, batch, code_hash) VALUES ${rows}`,
        hashes.flatMap((hash) => [userId, batch, hash])
      );
    },
    /** False when there is no such code, or when it was used. */
    useCode: ({ userId, batch }, hash) => changesOne("DELETE FROM recovery_codes WHERE user_id = ? AND batch = ? AND code_hash = ?", [
      userId,
      batch,
      hash
    ]),
    async deleteCodes(userId, batch) {
      await db.run(DELETE_CODES, [userId, batch]);
    },
    /** Turns the factor off; false when another call did it first. */
    turnOff: ({ userId, batch }) => changesOne("DELETE FROM totp_secrets WHERE user_id = ? AND recovery_batch = ?", [userId, batch]),
    /** Deletes everything of the user. @returns whether a factor was on; one of any number of callers gets true */
    async deleteAll(userId) {
      const wasOn = await changesOne(
        "DELETE FROM totp_secrets WHERE user_id = ? AND recovery_batch IS NOT NULL",
        [userId]
      );
      await db.run("DELETE FROM totp_secrets WHERE user_id = ?", [userId]);
      await db.run("DELETE FROM recovery_codes WHERE user_id = ?", [userId]);
      return wasOn;
    }
  };
}

// models/mfa/totp.model.ts
var PERIOD_S = 30;
var DIGITS = /^\d{6}$/;
var SECRET_BYTES = 20;
var RECOVERY_CODES = 10;
var ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
var RECOVERY_CHARACTERS = 16;
function createTotpModel({ db, encryption, issuer, now }) {
  const table = createTotpTable(db);
  const ownerOf = (userId) => `totp_secrets.${userId}`;
  function stepOf(secret, code) {
    if (!DIGITS.test(code)) return null;
    const epoch = Math.floor(now() / 1e3);
    const result = d7({ secret, token: code, epoch, period: PERIOD_S, epochTolerance: PERIOD_S });
    return result.valid && "timeStep" in result ? result.timeStep : null;
  }
  return {
    find: table.find,
    /**
     * Begins an enrolment, in place of one that was not confirmed.
     * @param label what the app shows beside the issuer: the e-mail address
     * @throws {ApiError} `mfa_already_enabled`
     */
    async enrol(userId, label) {
      const secret = I3({ length: SECRET_BYTES });
      const encrypted = encryption.encrypt(secret, ownerOf(userId));
      const isKept = await table.replacePending(userId, encrypted) || await table.insertPending(userId, encrypted) || await table.replacePending(userId, encrypted);
      if (!isKept) throw new ApiError("mfa_already_enabled");
      return { secret, uri: m2({ issuer, label, secret }) };
    },
    /**
     * Turns the factor on.
     * @returns the recovery codes, of which only hashes are kept; null when the code is wrong or the enrolment is no
     *   longer the same
     */
    async confirm(factor, code) {
      const { userId, secret } = factor;
      const { plaintext } = encryption.decrypt(secret, ownerOf(userId));
      const step = stepOf(plaintext, code);
      if (step === null) return null;
      const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
      const batch = randomBytes6(16).toString("hex");
      await table.insertCodes(
        userId,
        batch,
        codes.map((text) => recoveryHash(batch, text))
      );
      if (await table.turnOn(factor, batch, step)) return codes;
      await table.deleteCodes(userId, batch);
      return null;
    },
    /** Uses a code, and every earlier one with it (RFC 6238, section 5.2: a code is accepted once). */
    async useCode(factor, code) {
      const owner = ownerOf(factor.userId);
      const { plaintext, isCurrent } = encryption.decrypt(factor.secret, owner);
      const step = stepOf(plaintext, code);
      if (step === null) return false;
      return table.useStep(factor, step, isCurrent ? factor.secret : encryption.encrypt(plaintext, owner));
    },
    /** Uses a recovery code, however it is typed. */
    useRecoveryCode: (factor, code) => table.useCode(factor, recoveryHash(factor.batch, code)),
    /** Turns the factor off; false when another call did it first. */
    async remove(factor) {
      const removed = await table.turnOff(factor);
      if (removed) await table.deleteCodes(factor.userId, factor.batch).catch(() => {
      });
      return removed;
    },
    /** Removes the factor whatever its state; true when it was on. */
    removeAll: table.deleteAll
  };
}
function newRecoveryCode() {
  const characters = [...randomBytes6(RECOVERY_CHARACTERS)].map((byte) => ALPHABET[byte % ALPHABET.length]);
  return characters.join("").replace(/.{4}(?=.)/g, "$&-");
}
function recoveryHash(batch, typed) {
  const code = typed.toLowerCase().replace(/[\s-]/g, "").replaceAll("o", "0").replace(/[il]/g, "1");
  return createHash6("sha256").update(`${batch}.${code}`).digest("hex");
}

// models/oidc/identity.model.ts
import { createHash as createHash7 } from "node:crypto";
var TRIES2 = 4;
var RECENT_MS = 6e5;
var MAX_IDENTITIES = 20;
function createIdentityModel(dependencies) {
  const { identities, users, verifiedEmails, sessions, confirmPassword, events, now } = dependencies;
  const liveSession = ({ userId, sessionId }) => sessions.find(userId, sessionId);
  async function find(subject) {
    const identity = await identities.find(subject);
    if (!identity) return null;
    if (await users.findById(identity.userId)) return identity;
    await identities.delete(identity.id);
    return null;
  }
  async function register(by, placeholder, client) {
    const { email: email2, name, provider } = by;
    const refuse = (reason, detail) => {
      events.emit("login.failed", { userId: null, reason, detail: { provider }, ...client });
      return new ApiError(reason, { detail });
    };
    if (email2 === null) {
      const detail = `${provider} does not say that the address is verified. Verify it there, or log in with a password and link the identity.`;
      throw refuse("email_unverified", detail);
    }
    const create = (shown) => users.create(shown, email2, placeholder);
    await create(name).catch((error) => hasCode(error, "validation_failed") ? create(email2) : Promise.reject(error)).catch((error) => {
      if (!hasCode(error, "email_taken")) throw error;
    });
    const owner = await users.findByEmail(email2);
    if (owner?.passwordHash !== placeholder) {
      if (await identities.find(by)) return false;
      const detail = "An account has this address. Log in to it, then link the identity with POST /auth/oidc/:provider/link.";
      throw refuse("link_required", detail);
    }
    await verifiedEmails.add(owner.user);
    if (await identities.insert(by, owner.user.id) === null) return false;
    events.emit("account.registered", { userId: owner.user.id, detail: { provider }, ...client });
    return true;
  }
  return {
    /**
     * The identity of a login. The first login makes an account without a password, if the provider has verified the
     * address and nobody has it. Any number of simultaneous first logins make one account.
     * @throws {ApiError} `email_unverified`, `link_required`
     * @throws {StoreError}
     */
    async resolve(by, client) {
      const { provider, subject } = by;
      const hash = createHash7("sha256").update(JSON.stringify([provider, subject])).digest("hex");
      const placeholder = `!oidc.${hash}`;
      for (let tries = 0; tries < TRIES2; tries++) {
        const identity = await find(by);
        if (identity) {
          await users.replaceHash(identity.userId, placeholder, null);
          return identity;
        }
        await register(by, placeholder, client);
      }
      throw new ApiError("store_unavailable", {
        detail: "The account is being changed at this moment. Begin the sign-in again."
      });
    },
    /**
     * Whether the caller may link an identity. A stolen access token must not be enough: it needs the password, or where
     * there is none, a login in the last ten minutes.
     * @throws {ApiError} `invalid_credentials`, `account_locked`, `overloaded`, `token_revoked`
     * @throws {StoreError}
     */
    async confirmOwner(by, password) {
      const found = await users.findById(by.userId);
      if (!found) throw new ApiError("token_revoked");
      if (found.passwordHash !== null)
        return confirmPassword(password ?? "", found.passwordHash, by, "identity.link_failed");
      const session = await liveSession(by);
      if (!session) throw new ApiError("token_revoked");
      if (now() - session.createdAt > RECENT_MS) {
        throw new ApiError("invalid_credentials", {
          detail: "The login of this session is more than ten minutes old. Log in again, then link."
        });
      }
    },
    /**
     * Links an identity to the account of a session that is still live.
     * @throws {ApiError} `token_revoked` when the session has ended, `link_required` when the identity is another
     *   account's or the account has too many
     * @throws {StoreError}
     */
    async link(subject, by) {
      const { userId } = by;
      const { provider } = subject;
      if (!await liveSession(by)) throw new ApiError("token_revoked");
      const known = await find(subject);
      if (known?.userId === userId) return;
      const isFull = (await identities.list(userId)).length >= MAX_IDENTITIES;
      const id = known || isFull ? null : await identities.insert(subject, userId);
      if (id === null) {
        const detail = isFull ? `The account has ${MAX_IDENTITIES} identities. Unlink one first.` : "The identity is linked to another account. Unlink it there first.";
        throw new ApiError("link_required", { detail });
      }
      if (!await liveSession(by)) {
        await identities.delete(id);
        throw new ApiError("token_revoked");
      }
      events.emit("identity.linked", { detail: { provider }, ...by });
    },
    list: identities.list,
    /**
     * Removes an identity from the account, unless it is the last way to log in.
     * @throws {ApiError} `not_found`, `link_required` for the last way to log in
     * @throws {StoreError}
     */
    async unlink(id, by) {
      const identity = (await identities.list(by.userId)).find((one) => one.id === id);
      if (identity && await identities.deleteUnlessLast(id, by.userId)) {
        events.emit("identity.unlinked", { detail: { provider: identity.provider }, ...by });
        return;
      }
      if (identity && await identities.has({ id, userId: by.userId })) {
        throw new ApiError("link_required", {
          detail: "This is the last way to log in. Link another identity first, or set a password with POST /auth/forgot-password."
        });
      }
      throw new ApiError("not_found", {
        detail: "You have no identity with this id. GET /auth/oidc/identities lists them."
      });
    }
  };
}
function hasCode(error, code) {
  return error instanceof ApiError && error.code === code;
}

// models/oidc/identity.sql.ts
var COUNT = "SELECT total FROM (SELECT COUNT(*) AS total FROM identities WHERE user_id = ?";
var DELETE_IF_OTHER_WAY = "DELETE FROM identities WHERE id = ? AND user_id = ? AND (EXISTS (SELECT id FROM users WHERE id = ? AND password LIKE '$%') OR";
var UNLINK = {
  sqlite: `${DELETE_IF_OTHER_WAY} (${COUNT}) AS own) > 1)`,
  mysql: `${DELETE_IF_OTHER_WAY} (${COUNT} FOR UPDATE) AS own) > 1)`
};
var MAX_TRIES = 5;
function createIdentityTable(db, now) {
  return {
    async find({ provider, subject }) {
      const [row] = await db.query("SELECT id, user_id FROM identities WHERE provider = ? AND subject = ?", [
        provider,
        subject
      ]);
      return row ? { id: Number(row.id), provider, userId: Number(row.user_id) } : null;
    },
    async has({ id, userId }) {
      const rows = await db.query("SELECT id FROM identities WHERE id = ? AND user_id = ?", [id, userId]);
      return rows.length > 0;
    },
    /** The identities of a user, the oldest first; times in ISO 8601. */
    async list(userId) {
      const rows = await db.query(
        "SELECT id, provider, linked_at FROM identities WHERE user_id = ? ORDER BY id",
        [userId]
      );
      return rows.map((row) => ({
        id: Number(row.id),
        provider: String(row.provider),
        linkedAt: fromSqlTime(String(row.linked_at))
      }));
    },
    /** The new id; null when the identity is somebody's. */
    async insert({ provider, subject }, userId) {
      try {
        const { insertId } = await db.run(
          "INSERT INTO identities (provider, subject, user_id, linked_at) VALUES (?, ?, ?, ?)",
          [provider, subject, userId, toPreciseSqlTime(now())]
        );
        return insertId;
      } catch (error) {
        if (error instanceof DuplicateEntryError) return null;
        throw error;
      }
    },
    async delete(id) {
      await db.run("DELETE FROM identities WHERE id = ?", [id]);
    },
    /** Deletes an identity of the user unless it is the last way to log in. @returns whether it did */
    async deleteUnlessLast(id, userId) {
      for (let tries = 1; ; tries++) {
        try {
          const { affectedRows } = await db.run(UNLINK[db.engine], [id, userId, userId, userId]);
          return affectedRows === 1;
        } catch (error) {
          if (!(error instanceof DatabaseError && error.isDeadlock && tries < MAX_TRIES)) throw error;
        }
      }
    }
  };
}

// models/oidc/oidc.model.ts
var SIGN_IN_TTL_MS = 6e5;
var LOGIN_CODE_TTL_MS = 6e4;
var flowSchema = object({
  provider: string(),
  redirectUri: string(),
  nonce: string(),
  verifier: string(),
  returnTo: string(),
  /** The session that links an identity; null for a login. */
  linkTo: object({ userId: int(), sessionId: string() }).nullable(),
  expiresAt: int()
});
var loginCodeSchema = object({
  provider: string(),
  subject: string(),
  email: string().nullable(),
  name: string(),
  expiresAt: int()
});
function createOidcModel(dependencies) {
  const { identities, accounts, codes, encryption, returnTo, events, log, onFinished, now } = dependencies;
  const providers = new Map(dependencies.providers.map((provider) => [provider.name, provider]));
  const ownerOf = (state) => `oidc.${state}`;
  function providerOf(name) {
    const provider = providers.get(name);
    if (provider) return provider;
    throw new ApiError("not_found", {
      detail: "There is no provider with this name. GET /auth/oidc lists them."
    });
  }
  async function counted(provider, client, work) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof StoreError)) throw error;
      const cause = error.cause;
      const why = { cause: cause?.message, cause_code: cause?.code, cause_error: cause?.error };
      const { requestId: request_id } = client;
      log.warn({ request_id, provider, code: error.code, ...why }, "a sign-in with a provider failed");
      onFinished(provider, error.code);
      throw error;
    }
  }
  return {
    /** The names of the providers. */
    names: [...providers.keys()],
    /**
     * Begins a sign-in.
     * @throws {ApiError} `not_found`, `validation_failed`, `store_unavailable`
     */
    async begin({ provider: name, redirectUri, page, linkTo }, client) {
      const provider = providerOf(name);
      const state = newOneTimeToken();
      const [nonce, verifier] = [newOneTimeToken(), newOneTimeToken()];
      const flow = {
        ...{ provider: name, redirectUri, nonce, verifier, linkTo },
        returnTo: returnTo.check(page),
        expiresAt: now() + SIGN_IN_TTL_MS
      };
      const authorizationUrl = await counted(
        name,
        client,
        () => provider.authorizationUrl({ redirectUri, state, nonce, verifier })
      );
      return {
        authorizationUrl,
        state,
        sealed: encryption.encrypt(JSON.stringify(flow), ownerOf(state))
      };
    },
    /**
     * Finds the sign-in that a callback belongs to.
     * @param sealed from the browser's cookie
     * @throws {ApiError} `not_found`, `validation_failed` when this browser did not begin it in the last ten minutes
     */
    open(name, state, sealed) {
      providerOf(name);
      const flow = unsealed(state, sealed ?? "");
      if (flow?.provider === name && flow.expiresAt > now()) return { ...flow, state };
      throw invalidInput({
        path: "state",
        message: "does not belong to a sign-in that this browser began in the last ten minutes: begin again"
      });
    },
    /**
     * Finishes a sign-in with the parameters of the callback.
     * @throws {Error} that is no error of the API
     */
    async finish(signIn, parameters, client) {
      const { provider: name, linkTo } = signIn;
      try {
        const finished = await counted(name, client, async () => {
          const user = await providerOf(name).user(parameters, signIn);
          if (linkTo) {
            await identities.link(user, { ...linkTo, ...client });
            return { outcome: "linked" };
          }
          const [code, secret] = [newOneTimeToken(), newOneTimeToken()];
          await codes.put(idOf2(code, secret), { ...user, expiresAt: now() + LOGIN_CODE_TTL_MS });
          return { outcome: "login", code, secret };
        });
        onFinished(name, "ok");
        return finished;
      } catch (error) {
        if (!(error instanceof ApiError || error instanceof StoreError)) throw error;
        if (!linkTo) {
          const detail = { provider: name };
          events.emit("login.failed", { userId: null, reason: "provider_failed", detail, ...client });
        }
        return { outcome: "refused", reason: error.code };
      }
    },
    /**
     * Logs in with a one-time code.
     * @param secret from the browser's cookie
     * @throws {ApiError} `invalid_credentials` for a code that is not good (any more), `email_unverified`,
     *   `link_required`, `mfa_required`, `session_limit`
     * @throws {StoreError}
     */
    async login(code, secret, device) {
      const { name: _3, ...client } = device;
      const user = await codes.take(idOf2(code, secret ?? ""));
      if (!user) {
        events.emit("login.failed", { userId: null, reason: "wrong_code", ...client });
        throw new ApiError("invalid_credentials", {
          detail: "The code is unknown, used or more than a minute old, or another browser began the sign-in. Begin again."
        });
      }
      return accounts.loginByIdentity(() => identities.resolve(user, client), device);
    }
  };
  function unsealed(state, sealed) {
    try {
      return flowSchema.parse(JSON.parse(encryption.decrypt(sealed, ownerOf(state)).plaintext));
    } catch {
      return null;
    }
  }
}
function idOf2(code, secret) {
  return idOfOneTimeToken(`${code}.${secret}`);
}

// models/oidc/provider.model.ts
var DEADLINE_MS = 5e3;
var KEEP_MS = 36e5;
var MAX_LENGTH = 100;
var AWAY = /* @__PURE__ */ new Set([
  "OAUTH_TIMEOUT",
  "OAUTH_RESPONSE_IS_NOT_CONFORM",
  "OAUTH_RESPONSE_IS_NOT_JSON",
  "OAUTH_PARSE_ERROR",
  "ERR_JOSE_GENERIC",
  "ERR_JWKS_TIMEOUT"
]);
var claimsSchema2 = object({
  sub: string().regex(/^[\x20-\x7e]{1,255}$/),
  email: unknown().optional(),
  email_verified: unknown().optional(),
  name: unknown().optional()
});
var address = email().max(MAX_LENGTH);
function createProviderModel(name, settings, now) {
  let known;
  async function connection() {
    if (!known || now() >= known.until) {
      const opened = { connection: connect(settings), until: now() + KEEP_MS };
      known = opened;
      opened.connection.catch(() => {
        if (known === opened) known = void 0;
      });
    }
    try {
      return await known.connection;
    } catch (cause) {
      throw away(cause);
    }
  }
  function away(cause) {
    return new ApiError("store_unavailable", {
      detail: `The OpenID Provider ${name} does not respond as it should. Try again after Retry-After, or log in with a password.`,
      cause
    });
  }
  return {
    name,
    /**
     * The URL that begins a sign-in at the provider.
     * @throws {ApiError} `store_unavailable`
     */
    async authorizationUrl({ redirectUri, state, nonce, verifier }) {
      const { client, config } = await connection();
      const { href } = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: settings.scopes,
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256"
      });
      return href;
    },
    /**
     * Checks the parameters of a callback, with `iss` (RFC 9207), and exchanges the code for an ID token. Where that has
     * no address, the UserInfo endpoint is asked.
     * @throws {ApiError} `invalid_credentials` when the provider refuses or its response is not valid,
     *   `store_unavailable`
     */
    async user(parameters, authorization) {
      const { client, config, verifySignature } = await connection();
      const { redirectUri, state, nonce, verifier } = authorization;
      try {
        const url = new URL(`${redirectUri}?${new URLSearchParams(parameters)}`);
        const tokens = await client.authorizationCodeGrant(config, url, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true
        });
        await verifySignature(tokens.id_token ?? "");
        const claims = claimsSchema2.parse(tokens.claims());
        if (claims.email === void 0 && config.serverMetadata().userinfo_endpoint) {
          Object.assign(claims, await client.fetchUserInfo(config, tokens.access_token, claims.sub));
        }
        return userOf(name, claims);
      } catch (error) {
        if (isAway(error)) throw away(error);
        if (!isRefusal(error)) throw error;
        throw new ApiError("invalid_credentials", {
          detail: `${name} did not confirm who you are. Begin the sign-in again.`,
          cause: error
        });
      }
    }
  };
}
async function connect({ issuer, clientId, clientSecret }) {
  const [client, { compactVerify, createRemoteJWKSet }] = await Promise.all([
    import("./build-J3QDU4WG.js"),
    import("./webapi-4UEOSRWE.js")
  ]);
  const [basic, post] = [client.ClientSecretBasic(clientSecret), client.ClientSecretPost(clientSecret)];
  const authentication = (server, ...request) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    return (methods.includes("client_secret_basic") ? basic : post)(server, ...request);
  };
  const isPlain = new URL(issuer).protocol === "http:";
  const config = await client.discovery(new URL(issuer), clientId, clientSecret, authentication, {
    timeout: DEADLINE_MS / 1e3,
    execute: isPlain ? [client.allowInsecureRequests] : []
  });
  const { authorization_endpoint, token_endpoint, jwks_uri = "" } = config.serverMetadata();
  const isSafe = (url = "") => url.startsWith("https:") || isPlain && url.startsWith("http:");
  if (![authorization_endpoint, token_endpoint, jwks_uri].every(isSafe))
    throw new Error("the metadata lack an endpoint, or it is not https");
  const keys = createRemoteJWKSet(new URL(jwks_uri), { cooldownDuration: 0, timeoutDuration: DEADLINE_MS });
  return { client, config, verifySignature: (token) => compactVerify(token, keys) };
}
function userOf(provider, { sub, email: email2, email_verified, name }) {
  const verified = email_verified === true ? address.safeParse(email2).data : void 0;
  const given = typeof name === "string" ? name : "";
  const plain2 = given.toWellFormed().replace(new RegExp("\\p{Cc}+", "gu"), " ").trim();
  const shown = [...plain2 || (verified ?? "")].slice(0, MAX_LENGTH).join("").trim();
  return { provider, subject: sub, email: verified ?? null, name: shown };
}
function isAway(error) {
  if (!(error instanceof Error)) return false;
  const { code, status, error: reason } = error;
  if (reason === "server_error" || reason === "temporarily_unavailable") return true;
  return AWAY.has(code) || Number(status) >= 500 || error instanceof TypeError && code === void 0;
}
function isRefusal(error) {
  if (error instanceof ZodError) return true;
  const { code } = error;
  return /^(OAUTH|ERR_JOSE|ERR_JW)/.test(String(code));
}

// models/oidc/returnTo.ts
var MAX_LENGTH2 = 1024;
function createReturnTo(appUrl) {
  const app = new URL(appUrl);
  const path = app.pathname.replace(/\/$/, "");
  function isBelow({ href, origin, username, password, pathname }) {
    return origin === app.origin && username + password === "" && (pathname === path || pathname.startsWith(`${path}/`)) && // Some servers take these for slashes.
    !/%2f|%5c/i.test(pathname) && href.length <= MAX_LENGTH2;
  }
  return {
    /**
     * @param text a URL, or a path below APP_URL's host; APP_URL unless given
     * @returns the URL
     * @throws {ApiError} `validation_failed`
     */
    check(text = appUrl) {
      if (URL.canParse(text, appUrl)) {
        const url = new URL(text, appUrl);
        if (isBelow(url)) return url.href;
      }
      throw invalidInput({
        path: "return_to",
        message: `must be a URL below APP_URL of at most ${MAX_LENGTH2} characters`
      });
    }
  };
}

// models/oneTime/oneTime.memory.ts
function createMemoryOneTimeStore(now) {
  const entries = /* @__PURE__ */ new Map();
  function removeExpired() {
    for (const [id, { expiresAt }] of entries) {
      if (expiresAt > now()) break;
      entries.delete(id);
    }
  }
  return {
    async put(id, entry) {
      removeExpired();
      entries.set(id, entry);
    },
    async take(id) {
      const entry = entries.get(id);
      entries.delete(id);
      return entry && entry.expiresAt > now() ? entry : null;
    }
  };
}

// models/oneTime/oneTime.redis.ts
var takeScript = defineScript(`
  local entry = redis.call('GET', KEYS[1])
  redis.call('DEL', KEYS[1])
  return entry
`);
var reply = string().nullable();
function createRedisOneTimeStore(redis, { prefix, schema, now }) {
  const keyOf2 = (id) => `${prefix}:${id}`;
  return {
    async put(id, entry) {
      const key = keyOf2(id);
      const ttl = Math.max(1, entry.expiresAt - now());
      await redis.run(key, ["SET", key, JSON.stringify(entry), "PX", String(ttl)]);
    },
    async take(id) {
      const text = reply.parse(await redis.eval(takeScript, [keyOf2(id)], []));
      if (text === null) return null;
      const entry = schema.parse(JSON.parse(text));
      return entry.expiresAt > now() ? entry : null;
    }
  };
}

// models/password/password.model.ts
import { createHmac as createHmac3, randomBytes as randomBytes7 } from "node:crypto";
import { availableParallelism } from "node:os";

// models/password/passwordHash.ts
import bcrypt from "bcrypt";
var ARGON2 = { m: 19456, t: 2, p: 1 };
var MAX_BYTES = { bcrypt: 72, argon2id: 1024 };
var BCRYPT_HASH = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;
var ARGON2_HASH = /^(\$argon2(?:id|i|d)\$v=\d+\$)((?:[mtp]=\d+,?){3})\$[+/A-Za-z0-9]+\$[+/A-Za-z0-9]+$/;
function schemeFor(kind, rounds) {
  if (kind === "bcrypt") return `$2b$${String(rounds).padStart(2, "0")}$`;
  return `$argon2id$v=19$m=${ARGON2.m},p=${ARGON2.p},t=${ARGON2.t}$`;
}
function schemeOf(hash) {
  const [, rounds] = BCRYPT_HASH.exec(hash) ?? [];
  if (rounds) return `$2b$${rounds}$`;
  const [, kind, cost = ""] = ARGON2_HASH.exec(hash) ?? [];
  return kind ? `${kind}${cost.split(",").sort().join(",")}$` : null;
}
function kindOf(text) {
  return text.startsWith("$argon2") ? "argon2id" : "bcrypt";
}
function isHashable(password, scheme) {
  return isVerifiable(password, scheme) && Buffer.byteLength(password) <= MAX_BYTES[kindOf(scheme)];
}
function isVerifiable(password, scheme) {
  const fits = kindOf(scheme) === "bcrypt" || Buffer.byteLength(password) <= MAX_BYTES.argon2id;
  return fits && password.isWellFormed() && !password.includes("\0");
}
async function hashPassword(password, scheme) {
  if (kindOf(scheme) === "bcrypt") return bcrypt.hash(password, Number(scheme.slice(4, 6)));
  const { argon2id, hash } = await argon2();
  const { m: memoryCost, t: timeCost, p: parallelism } = ARGON2;
  return hash(password, { type: argon2id, memoryCost, timeCost, parallelism });
}
async function matches(password, hash) {
  if (kindOf(hash) === "bcrypt") return bcrypt.compare(password, hash.replace(/^\$2y\$/, "$2b$"));
  return (await argon2()).verify(hash, password);
}
function dummyHash(scheme) {
  return kindOf(scheme) === "bcrypt" ? scheme + ".".repeat(53) : `${scheme}${"A".repeat(22)}$${"A".repeat(43)}`;
}
async function argon2() {
  return (await import("argon2")).default;
}

// models/password/password.model.ts
var MAX_WAIT_MS2 = 1e4;
var SAMPLE_MS = 6e5;
function createPasswordModel(options) {
  const { kind = "bcrypt", rounds, queueLimit, threads, processes = 1, metrics } = options;
  const { sample = async () => [], secret = randomBytes7(32) } = options;
  const current = schemeFor(kind, rounds);
  const cores = Math.floor(availableParallelism() / processes);
  const limit = pLimit(Math.max(1, Math.min(cores, threads - 1)));
  let schemes = [];
  let sampledAt = Number.NEGATIVE_INFINITY;
  let usualMs = 0;
  metrics?.watchHashing(() => ({ running: limit.activeCount, waiting: limit.pendingCount }));
  async function queued(work) {
    const waitMs = limit.pendingCount * usualMs / limit.concurrency;
    const full = limit.activeCount + limit.pendingCount >= limit.concurrency + queueLimit;
    if (full || waitMs > MAX_WAIT_MS2) {
      metrics?.hashShed();
      throw new ApiError("overloaded", {
        retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1e3))
      });
    }
    const queuedAt = performance.now();
    return limit(async () => {
      const startedAt = performance.now();
      metrics?.hashWaited((startedAt - queuedAt) / 1e3);
      const result = await work();
      const ms = performance.now() - startedAt;
      metrics?.hashed(ms / 1e3);
      usualMs += (ms - usualMs) / 8;
      return result;
    });
  }
  async function schemeOfUnknownAccount(address2) {
    if (performance.now() - sampledAt > SAMPLE_MS) {
      sampledAt = performance.now();
      const hashes = await sample().catch(() => []);
      if (hashes.length > 0) schemes = hashes.flatMap((hash) => schemeOf(hash) ?? []).sort();
    }
    const draw = createHmac3("sha256", secret).update(`decoy.${address2.toLowerCase()}`).digest().readUInt32BE();
    return schemes[Math.floor(draw / 2 ** 32 * schemes.length)] ?? current;
  }
  return {
    /**
     * @returns a hash in PHC or modular crypt format
     * @throws {ApiError} `overloaded`
     */
    hash: (password) => queued(() => hashPassword(password, current)),
    /**
     * Whether the password belongs to the hash. Without a hash it compares with a dummy hash, so that the time does
     * not reveal who is registered.
     * @param address picks the dummy hash where there is no hash
     * @throws {ApiError} `overloaded`
     */
    async verify(password, hash, address2 = "") {
      const stranger = await schemeOfUnknownAccount(address2);
      const scheme = hash === null ? null : schemeOf(hash);
      const known = hash !== null && scheme !== null && isVerifiable(password, scheme);
      return queued(async () => {
        const belongs = await matches(password, known ? hash : dummyHash(scheme ?? stranger));
        return known && belongs;
      });
    },
    /**
     * The hash that the password should have now. Null where it has it, where bcrypt would cut the password, and
     * while the queue is long: the next login tries again.
     * @throws {ApiError} `overloaded`
     */
    async rehash(password, hash) {
      const isBusy = limit.pendingCount > queueLimit / 2;
      if (schemeOf(hash) === current || !isHashable(password, current) || isBusy) return null;
      return queued(() => hashPassword(password, current));
    }
  };
}

// models/password/passwordConfirmation.model.ts
function createPasswordConfirmation({ passwords, lockout, events }) {
  return async function confirmPassword(password, hash, by, failure) {
    if (hash === null) {
      throw new ApiError("invalid_credentials", {
        detail: "The account has no password. POST /auth/forgot-password sends a link to set one."
      });
    }
    const matches2 = await lockout.attempt(
      lockoutKeys.password(by.userId),
      async () => await passwords.verify(password, hash) || null,
      () => events.emit("account.locked", { ...by, reason: "password" })
    );
    if (matches2) return;
    events.emit(failure, { ...by, reason: "wrong_password" });
    throw new ApiError("invalid_credentials", {
      detail: "The current password is wrong. Send the password that you log in with."
    });
  };
}

// models/password/commonPasswords.ts
var MAX_PATTERN = 16;
var runs = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890123456789",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertyuiop[]",
  "qwertzuiopasdfghjklyxcvbnm",
  "azertyuiopqsdfghjklmwxcvbn",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
  "!@#$%^&*()_+"
].flatMap((run) => [run, reversed(run)]);
function createCommonPasswords(minLength) {
  let loading;
  async function load() {
    const { dictionary } = await import("./dist-47CJZHLZ.js");
    return new Set(dictionary["passwords-common"].filter(({ length }) => length >= minLength));
  }
  return {
    /** Whether the whole text is one of them, in any case of letters. */
    async has(password) {
      const text = password.normalize("NFKC").toLowerCase();
      loading ??= load();
      const list = await loading;
      const isKnown = (part) => list.has(part) || list.has(reversed(part));
      if (isKnown(text)) return true;
      if (text.length > MAX_PATTERN) return false;
      const unit = repeatedUnit(text);
      return isRun(unit) || unit !== text && (unit.length < minLength || isKnown(unit));
    }
  };
}
function repeatedUnit(text) {
  for (let length = 1; length <= text.length / 2; length++)
    if (text.slice(length) === text.slice(0, -length)) return text.slice(0, length);
  return text;
}
function isRun(text) {
  return runs.some((run) => run.includes(text));
}
function reversed(text) {
  return [...text].reverse().join("");
}

// models/password/passwordPolicy.model.ts
var NEARLY = 3;
function createPasswordPolicy({ minLength, maxBytes }) {
  const common = createCommonPasswords(minLength);
  async function faultOf(password, owner) {
    if (Buffer.byteLength(password) > maxBytes) return `must be at most ${maxBytes} bytes in UTF-8`;
    if (!password.isWellFormed() || password.includes("\0")) return "must be well-formed Unicode without NUL";
    if ([...password].length < minLength) return `must have at least ${minLength} characters`;
    if (owner && isAbout(password, owner))
      return "must not be your name or e-mail address: take something that others do not know of you";
    if (await common.has(password))
      return "is one of the most common passwords and would be guessed first: take some words that do not belong together";
    return null;
  }
  return {
    faultOf,
    /**
     * @param path the member of the body of the body that it came in
     * @throws {ApiError} `validation_failed`
     */
    async check(path, password, owner) {
      const message = await faultOf(password, owner);
      if (message) throw invalidInput({ path, message });
    }
  };
}
function isAbout(password, { name, email: email2 }) {
  const chosen = lettersAndDigits(password);
  const own = [name ?? "", email2, email2.slice(0, email2.lastIndexOf("@"))].map(lettersAndDigits);
  return own.some(
    (text) => text !== "" && (chosen === text || chosen.length <= text.length + NEARLY && withoutOuterDigits(chosen) === withoutOuterDigits(text))
  );
}
function lettersAndDigits(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, "");
}
function withoutOuterDigits(text) {
  return text.replace(new RegExp("^\\p{N}+(?=\\p{L})|(?<=\\p{L})\\p{N}+$", "gu"), "");
}

// models/session/session.memory.ts
import { randomUUID as randomUUID2 } from "node:crypto";

// models/session/session.store.ts
var TOUCH_INTERVAL_MS = 6e4;

// models/session/session.memory.ts
var oldestFirst = ({ sessions }) => [...sessions.values()].sort(byStart);
function byStart(a2, b3) {
  return a2.createdAt - b3.createdAt || (a2.id < b3.id ? -1 : Number(a2.id > b3.id));
}
function createMemorySessionStore(now) {
  const users = /* @__PURE__ */ new Map();
  function current(userId) {
    const time = now();
    let user = users.get(userId);
    if (!user) {
      forgetIdleUsers();
      user = { sessions: /* @__PURE__ */ new Map(), generation: "", blocked: false, generationExpiresAt: 0 };
      users.set(userId, user);
    }
    for (const [id, session] of user.sessions) if (session.expiresAt <= time) user.sessions.delete(id);
    if (user.generationExpiresAt <= time) Object.assign(user, { generation: "", blocked: false });
    return user;
  }
  let forgetAt = 1024;
  function forgetIdleUsers() {
    if (users.size < forgetAt) return;
    const time = now();
    for (const [id, { sessions, generationExpiresAt }] of users) {
      if (generationExpiresAt <= time && [...sessions.values()].every(({ expiresAt }) => expiresAt <= time))
        users.delete(id);
    }
    forgetAt = Math.max(1024, users.size * 2);
  }
  function enter(user, { blocked }) {
    Object.assign(user, {
      generation: randomUUID2(),
      blocked,
      generationExpiresAt: now() + GENERATION_TTL_MS
    });
    return user.generation;
  }
  function endThose(user, ids2) {
    for (const id of ids2) user.sessions.delete(id);
    return ids2;
  }
  return {
    async generation(userId) {
      const { generation, blocked } = current(userId);
      return blocked ? null : generation;
    },
    async start(session, generation, limit) {
      const user = current(session.userId);
      if (user.generation !== generation) return "stale";
      const surplus = limit.sessions === 0 ? 0 : Math.max(0, user.sessions.size - limit.sessions + 1);
      if (surplus > 0 && limit.policy === "deny") return "full";
      if (user.blocked) enter(user, { blocked: false });
      const ended = endThose(
        user,
        oldestFirst(user).slice(0, surplus).map(({ id }) => id)
      );
      user.sessions.set(session.id, { ...session, previousHash: "", rotatedAt: 0, allowed: true });
      return ended;
    },
    async rotate(rotation, leewayMs, reuseScope) {
      const { userId, sessionId, presentedHash, successorHash, tokenInfo, client, expiresAt } = rotation;
      const user = current(userId);
      const session = user.sessions.get(sessionId);
      if (!session) return { outcome: "unknown" };
      const { amr } = session;
      if (session.refreshHash === presentedHash) {
        if (user.generation !== rotation.generation) return { outcome: "stale" };
        Object.assign(session, {
          tokenInfo,
          expiresAt,
          previousHash: presentedHash,
          refreshHash: successorHash
        });
        Object.assign(session, {
          device: { ...session.device, ...client },
          rotatedAt: now(),
          lastUsedAt: now(),
          allowed: true
        });
        return { outcome: "rotated", tokenInfo, amr, expiresAt };
      }
      if (session.previousHash === presentedHash && now() - session.rotatedAt < leewayMs) {
        return { outcome: "repeated", tokenInfo: session.tokenInfo, amr, expiresAt: session.expiresAt };
      }
      const { ip, userAgent } = session.device;
      const ended = endThose(user, reuseScope === "user" ? [...user.sessions.keys()] : [sessionId]);
      return { outcome: "reused", ended, lastUse: { ip, userAgent } };
    },
    async isAllowed({ userId, sessionId, jti }) {
      const { tokenInfo, allowed } = users.get(userId)?.sessions.get(sessionId) ?? {};
      return allowed === true && tokenInfo?.jti === jti && tokenInfo.exp * 1e3 > now();
    },
    async touch(userId, sessionId) {
      const session = current(userId).sessions.get(sessionId);
      if (session && now() - session.lastUsedAt >= TOUCH_INTERVAL_MS) session.lastUsedAt = now();
    },
    async list(userId, limit, after) {
      const latestFirst = oldestFirst(current(userId)).reverse();
      const from = after ? latestFirst.findIndex((session) => byStart(session, after) < 0) : 0;
      const page = from < 0 ? [] : latestFirst.slice(from, from + limit);
      return page.map(({ id, device, createdAt, lastUsedAt, expiresAt }) => {
        return { id, userId, device, createdAt, lastUsedAt, expiresAt };
      });
    },
    async find(userId, sessionId) {
      const { sessions } = current(userId);
      return sessions.get(sessionId) ?? null;
    },
    async end(userId, sessionId) {
      return current(userId).sessions.delete(sessionId);
    },
    async endAll(userId, keptId) {
      const user = current(userId);
      if (!user.blocked) enter(user, { blocked: false });
      const ended = [...user.sessions.keys()].filter((id) => id !== keptId);
      return { count: ended.length, ids: Promise.resolve(endThose(user, ended)) };
    },
    async blockLogins(userId, generation) {
      const user = current(userId);
      if (user.generation !== generation) return null;
      const ended = endThose(user, [...user.sessions.keys()]);
      return { generation: enter(user, { blocked: true }), ended };
    },
    async revokeTokens(userId, generation) {
      const user = current(userId);
      if (user.generation !== generation) return null;
      for (const session of user.sessions.values()) session.allowed = false;
      return enter(user, { blocked: true });
    },
    async unblockLogins(userId, generation) {
      const user = current(userId);
      if (user.generation === generation) enter(user, { blocked: false });
    }
  };
}

// node_modules/uuid/dist-node/stringify.js
var byteToHex = [];
for (let i = 0; i < 256; ++i) {
  byteToHex.push((i + 256).toString(16).slice(1));
}
function unsafeStringify(arr, offset = 0) {
  return (byteToHex[arr[offset + 0]] + byteToHex[arr[offset + 1]] + byteToHex[arr[offset + 2]] + byteToHex[arr[offset + 3]] + "-" + byteToHex[arr[offset + 4]] + byteToHex[arr[offset + 5]] + "-" + byteToHex[arr[offset + 6]] + byteToHex[arr[offset + 7]] + "-" + byteToHex[arr[offset + 8]] + byteToHex[arr[offset + 9]] + "-" + byteToHex[arr[offset + 10]] + byteToHex[arr[offset + 11]] + byteToHex[arr[offset + 12]] + byteToHex[arr[offset + 13]] + byteToHex[arr[offset + 14]] + byteToHex[arr[offset + 15]]).toLowerCase();
}

// node_modules/uuid/dist-node/rng.js
var rnds8 = new Uint8Array(16);
function rng() {
  return crypto.getRandomValues(rnds8);
}

// node_modules/uuid/dist-node/v4.js
function v4(options, buf, offset) {
  if (!buf && !options && crypto.randomUUID) {
    return crypto.randomUUID();
  }
  return _v4(options, buf, offset);
}
function _v4(options, buf, offset) {
  options = options || {};
  const rnds = options.random ?? options.rng?.() ?? rng();
  if (rnds.length < 16) {
    throw new Error("Random bytes length must be >= 16");
  }
  rnds[6] = rnds[6] & 15 | 64;
  rnds[8] = rnds[8] & 63 | 128;
  if (buf) {
    offset = offset || 0;
    if (offset < 0 || offset + 16 > buf.length) {
      throw new RangeError(`UUID byte range ${offset}:${offset + 15} is out of buffer bounds`);
    }
    for (let i = 0; i < 16; ++i) {
      buf[offset + i] = rnds[i];
    }
    return buf;
  }
  return unsafeStringify(rnds);
}
var v4_default = v4;

// node_modules/uuid/dist-node/v7.js
var _state = {};
function v7(options, buf, offset) {
  let bytes;
  if (options) {
    bytes = v7Bytes(options.random ?? options.rng?.() ?? rng(), options.msecs, options.seq, buf, offset);
  } else {
    const now = Date.now();
    const rnds = rng();
    updateV7State(_state, now, rnds);
    bytes = v7Bytes(rnds, _state.msecs, _state.seq, buf, offset);
  }
  return buf ?? unsafeStringify(bytes);
}
function updateV7State(state, now, rnds) {
  state.msecs ??= -Infinity;
  state.seq ??= 0;
  if (now > state.msecs) {
    state.seq = v7Sequence(rnds);
    state.msecs = now;
  } else {
    state.seq = state.seq + 1 | 0;
    if (state.seq === 0) {
      state.msecs++;
    }
  }
  return state;
}
function v7Bytes(rnds, msecs, seq, buf, offset = 0) {
  if (rnds.length < 16) {
    throw new Error("Random bytes length must be >= 16");
  }
  if (!buf) {
    buf = new Uint8Array(16);
    offset = 0;
  } else {
    if (offset < 0 || offset + 16 > buf.length) {
      throw new RangeError(`UUID byte range ${offset}:${offset + 15} is out of buffer bounds`);
    }
  }
  msecs ??= Date.now();
  seq ??= v7Sequence(rnds);
  buf[offset++] = msecs / 1099511627776 & 255;
  buf[offset++] = msecs / 4294967296 & 255;
  buf[offset++] = msecs / 16777216 & 255;
  buf[offset++] = msecs / 65536 & 255;
  buf[offset++] = msecs / 256 & 255;
  buf[offset++] = msecs & 255;
  buf[offset++] = 112 | seq >>> 28 & 15;
  buf[offset++] = seq >>> 20 & 255;
  buf[offset++] = 128 | seq >>> 14 & 63;
  buf[offset++] = seq >>> 6 & 255;
  buf[offset++] = seq << 2 & 255 | rnds[10] & 3;
  buf[offset++] = rnds[11];
  buf[offset++] = rnds[12];
  buf[offset++] = rnds[13];
  buf[offset++] = rnds[14];
  buf[offset++] = rnds[15];
  return buf;
}
function v7Sequence(rnds) {
  return (rnds[6] & 127) << 24 | rnds[7] << 16 | rnds[8] << 8 | rnds[9];
}
var v7_default = v7;

// models/session/listCursor.ts
var BYTES2 = 28;
var HEAD = 12;
function toCursor(userId, { createdAt, id }) {
  const bytes = Buffer.alloc(BYTES2);
  bytes.writeUIntBE(userId, 0, 6);
  bytes.writeUIntBE(createdAt, 6, 6);
  bytes.write(id.replaceAll("-", ""), HEAD, "hex");
  return bytes.toString("base64url");
}
function fromCursor(userId, cursor) {
  const bytes = Buffer.from(cursor, "base64url");
  if (bytes.length !== BYTES2 || bytes.readUIntBE(0, 6) !== userId || bytes.toString("base64url") !== cursor)
    throw invalidInput({ path: "cursor", message: "is not of this list: start again without a cursor" });
  const id = bytes.toString("hex", HEAD).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { createdAt: bytes.readUIntBE(6, 6), id };
}

// models/session/useMarker.ts
function createUseMarker(store, now) {
  const marked = /* @__PURE__ */ new Set();
  let since = now();
  return ({ userId, sessionId }) => {
    if (now() - since >= TOUCH_INTERVAL_MS) {
      marked.clear();
      since = now();
    }
    if (marked.has(sessionId)) return;
    marked.add(sessionId);
    store.touch(userId, sessionId).catch(() => {
    });
  };
}

// models/session/session.model.ts
var ROLES_CHANGED = {
  revocation: "roles_changed",
  detail: "The roles of the user have changed. Get a token with the new roles from POST /auth/refresh."
};
var ONLY_SESSION = { sessions: 1, policy: "evict" };
function createSessionModel({ store, tokens, refreshTokens, events, options, now }) {
  const refreshing = options.refreshTokenTtl > 0;
  const markUsed = createUseMarker(store, now);
  function newTokenInfo(sessionEndsAt) {
    const iat = Math.floor(now() / 1e3);
    const exp = iat + options.accessTokenTtl;
    return { jti: v4_default(), iat, exp: refreshing ? Math.min(exp, Math.floor(sessionEndsAt / 1e3)) : exp };
  }
  function expiryOf(tokenInfo, sessionEndsAt) {
    const refreshableUntil = refreshing ? Math.min(now() + options.refreshTokenTtl * 1e3, sessionEndsAt) : 0;
    return Math.max(tokenInfo.exp * 1e3, refreshableUntil);
  }
  function opened(subject, tokenInfo, expiresAt, refreshToken, endedSessions) {
    return {
      id: subject.sessionId,
      expiresAt,
      accessToken: tokens.sign({ ...subject, ...tokenInfo }),
      expiresIn: Math.max(0, tokenInfo.exp - Math.floor(now() / 1e3)),
      refresh: refreshToken && {
        token: refreshToken.text,
        expiresIn: Math.ceil((expiresAt - now()) / 1e3)
      },
      endedSessions
    };
  }
  function isOutdated(readAt) {
    return now() - readAt > GENERATION_TTL_MS / 2;
  }
  function tellEnded(userId, sessionIds, reason, client) {
    for (const sessionId of sessionIds)
      events.emit("session.ended", { userId, sessionId, reason, ...client });
  }
  async function start({ userId, roles, amr }, { name, provider, ...client }, { generation, readAt }, reason = "login", limit = options.limit) {
    if (isOutdated(readAt)) return null;
    const sessionId = v4_default();
    const createdAt = now();
    const endsAt = createdAt + options.sessionMaxAge * 1e3;
    const tokenInfo = newTokenInfo(endsAt);
    const expiresAt = expiryOf(tokenInfo, endsAt);
    const refreshToken = refreshing ? refreshTokens.create(userId, sessionId, endsAt) : null;
    const refreshHash = refreshToken?.hash ?? "";
    const times = { createdAt, lastUsedAt: createdAt, expiresAt };
    const device = { name, ip: client.ip, userAgent: client.userAgent };
    const ended = await store.start(
      { id: sessionId, userId, device, amr, tokenInfo, refreshHash, ...times },
      generation,
      limit
    );
    if (ended === "stale") return null;
    if (ended === "full") throw new ApiError("session_limit");
    tellEnded(userId, ended, "evicted", client);
    const detail = { device_name: name, ...provider !== void 0 && { provider } };
    events.emit("session.started", { userId, sessionId, reason, detail, ...client });
    return opened({ userId, roles, amr, sessionId }, tokenInfo, expiresAt, refreshToken, ended.length);
  }
  async function authenticate(token) {
    const claims = tokens.verify(token);
    if (await store.isAllowed(claims)) return claims;
    const session = await store.find(claims.userId, claims.sessionId);
    throw new ApiError("token_revoked", session?.tokenInfo.jti === claims.jti ? ROLES_CHANGED : {});
  }
  function unblock(userId, blocked) {
    return store.unblockLogins(userId, blocked).catch(() => {
    });
  }
  async function runWhileBlocked(userId, blocked, write2) {
    try {
      return await write2();
    } catch (error) {
      const mayYetHappen = error instanceof DatabaseError && error.outcome === "unknown";
      if (!mayYetHappen) await unblock(userId, blocked);
      throw error;
    }
  }
  return {
    /**
     * The user's current generation, or null while logins are blocked.
     * @param readAt ms since 1970; the time of an earlier read, where {@link hasBegunLately} decides whether it counts
     */
    async generation(userId, readAt = now()) {
      const generation = await store.generation(userId);
      return generation === null ? null : { generation, readAt };
    },
    /**
     * A page of the user's live sessions, the latest first.
     * @param limit how many
     * @param cursor the `next` of the page before
     * @throws {ApiError} `validation_failed` for a cursor that is none of the user's
     * @throws {StoreError}
     */
    async list(userId, limit, cursor) {
      const after = cursor === void 0 ? void 0 : fromCursor(userId, cursor);
      const found = await store.list(userId, limit + 1, after);
      const sessions = found.slice(0, limit);
      const last = sessions.at(-1);
      return found.length > limit && last ? { sessions, next: toCursor(userId, last) } : { sessions };
    },
    find: store.find,
    start,
    /**
     * Reads a refresh token without using it.
     * @throws {ApiError} `refresh_invalid`
     */
    readRefreshToken(text) {
      const token = refreshTokens.parse(text);
      if (!token) throw new ApiError("refresh_invalid");
      return token;
    },
    /**
     * Uses a refresh token (RFC 9700, section 4.14.2: rotation and reuse detection).
     * @param roles as read in this generation; null while no token can be issued
     * @returns null when the generation has passed: the roles must be read again
     * @throws {ApiError} `refresh_invalid`, `refresh_reused`
     * @throws {StoreError}
     */
    async refresh(token, roles, reading, client) {
      const { userId, sessionId, sessionEndsAt } = token;
      const generation = reading && !isOutdated(reading.readAt) ? reading.generation : null;
      const successor = refreshTokens.successor(token);
      const tokenInfo = newTokenInfo(sessionEndsAt);
      if (tokenInfo.exp * 1e3 <= now()) throw new ApiError("refresh_invalid");
      const result = await store.rotate(
        {
          userId,
          sessionId,
          presentedHash: token.hash,
          successorHash: successor.hash,
          generation,
          tokenInfo,
          client: { ip: client.ip, userAgent: client.userAgent },
          expiresAt: expiryOf(tokenInfo, sessionEndsAt)
        },
        options.refreshLeeway * 1e3,
        options.refreshReuseScope
      );
      switch (result.outcome) {
        case "stale":
          return null;
        case "unknown":
          throw new ApiError("refresh_invalid");
        case "reused": {
          const detail = { last_ip: result.lastUse.ip, last_user_agent: result.lastUse.userAgent };
          events.emit("refresh.reused", { userId, sessionId, detail, ...client });
          tellEnded(userId, result.ended, "refresh_reuse", client);
          throw new ApiError("refresh_reused");
        }
        case "rotated":
          events.emit("session.refreshed", { userId, sessionId, ...client });
      }
      const subject = { userId, sessionId, roles, amr: result.amr };
      return opened(subject, result.tokenInfo, result.expiresAt, successor, 0);
    },
    /** Records the use of a session after the response. */
    markUsed,
    authenticate,
    /**
     * The verdict of {@link authenticate} as data (RFC 7662, section 2.2): null for every token that it refuses, without
     * a reason.
     * @throws {StoreError}
     */
    async introspect(token) {
      try {
        const { userId, sessionId: sid, jti, iat, exp, roles, amr } = await authenticate(token);
        const { issuer: iss, audience: aud } = tokens.identity;
        const more = { ...roles.length > 0 && { roles }, ...amr.length > 0 && { amr } };
        return { sub: String(userId), jti, sid, iat, exp, iss, aud, ...more };
      } catch (error) {
        if (error instanceof ApiError) return null;
        throw error;
      }
    },
    /** @returns whether there was such a session */
    async end(userId, sessionId, reason, client) {
      const ended = await store.end(userId, sessionId);
      if (ended) tellEnded(userId, [sessionId], reason, client);
      return ended;
    },
    /** @returns how many sessions ended */
    async endAll(userId, reason, client, keptId) {
      const { count, ids: ids2 } = await store.endAll(userId, keptId);
      events.emitAfter(ids2, (ended) => tellEnded(userId, ended, reason, client));
      return count;
    },
    /**
     * Ends every session of the user and runs a write while no session can start. So no login survives that was
     * checked before the write. Afterwards logins are unblocked. After a write with an unknown outcome (a timeout)
     * they stay blocked for {@link GENERATION_TTL_MS}, because the write may still happen.
     * @param write one statement; false when it changed nothing
     * @returns null when the generation has passed: what was checked in it must be checked again
     * @throws {StoreError} and what `write` throws
     */
    async endAllAndRun(userId, reading, write2, { reason, client, next }) {
      if (isOutdated(reading.readAt)) return null;
      const blockedAt = now();
      const blocked = await store.blockLogins(userId, reading.generation);
      if (!blocked) return null;
      const ended = blocked.ended.length;
      tellEnded(userId, blocked.ended, reason, client);
      const written = await runWhileBlocked(userId, blocked.generation, write2);
      if (written && next) {
        const reading2 = { generation: blocked.generation, readAt: blockedAt };
        const session = await start(next.subject, next.device, reading2, next.reason, ONLY_SESSION);
        return { written, ended, session };
      }
      await unblock(userId, blocked.generation);
      return { written, ended, session: null };
    },
    /**
     * Revokes every access token of the user, leaves the sessions, and runs a write while no token can be issued. So no
     * token is accepted afterwards that says what was true before the write. Otherwise as {@link endAllAndRun}.
     * @returns null when the generation has passed: what was checked in it must be checked again
     * @throws {StoreError} and what `write` throws
     */
    async revokeTokensAndRun(userId, { generation, readAt }, write2) {
      if (isOutdated(readAt)) return null;
      const blocked = await store.revokeTokens(userId, generation);
      if (!blocked) return null;
      await runWhileBlocked(userId, blocked, write2);
      await unblock(userId, blocked);
      return true;
    }
  };
}

// models/session/session.redis.ts
import { randomUUID as randomUUID3 } from "node:crypto";

// models/session/session.scripts.ts
var BLOCKED = "blocked:";
var FEW = 20;
var EXPIRED_AT_ONCE = 100;
var KEYS_AT_ONCE = 5e3;
var LISTED_FIELDS = [
  "device_name",
  "ip",
  "user_agent",
  "created_at",
  "last_used_at",
  "expires_at"
];
var prelude2 = `
  local index, generationKey, started, tokensOf, endedIndex, endedStarted, endedTokens = unpack(KEYS)
  local tokens, sessions = unpack(ARGV)
  local ended = {}

  local function endOne(sid)
    local jti = redis.call('HGET', sessions .. sid, 'jti')
    if jti then redis.call('DEL', sessions .. sid, tokens .. jti) end
    if redis.call('ZREM', index, sid) == 1 and jti then table.insert(ended, sid) end
    redis.call('ZREM', started, sid)
    redis.call('HDEL', tokensOf, sid)
  end

  local function deleteTokens()
    local keys = redis.call('HVALS', tokensOf)
    for from = 1, #keys, ${KEYS_AT_ONCE} do
      redis.call('DEL', unpack(keys, from, math.min(from + ${KEYS_AT_ONCE} - 1, #keys)))
    end
  end

  local function endMany(kept)
    local keptUntil = redis.call('ZSCORE', index, kept)
    if keptUntil then redis.call('HDEL', tokensOf, kept) end
    deleteTokens()
    -- Redis would need time to free them, so that is left for later.
    redis.call('RENAME', index, endedIndex)
    redis.call('RENAME', started, endedStarted)
    redis.call('RENAME', tokensOf, endedTokens)
    if keptUntil then
      redis.call('ZREM', endedIndex, kept)
      redis.call('ZADD', index, keptUntil, kept)
      redis.call('PEXPIRE', index, redis.call('PTTL', endedIndex))
    end
  end

  -- The ids, or their number when they are in endedIndex. Then the tokens are gone and the hashes are left.
  local function endAll(now, kept)
    local count = redis.call('ZCARD', index)
    local isIndexed = redis.call('HLEN', tokensOf) == count and redis.call('ZCARD', started) == count
    if count > ${FEW} and isIndexed then
      endMany(kept)
      return redis.call('ZCOUNT', endedIndex, '(' .. now, '+inf')
    end
    for _, sid in ipairs(redis.call('ZRANGE', index, 0, -1)) do
      if sid ~= kept then endOne(sid) end
    end
    return ended
  end

  local function allow(jti, ttl)
    redis.call('SET', tokens .. jti, 'allow', 'PX', ttl)
  end

  local function prolong(key, ttl)
    if redis.call('PTTL', key) < tonumber(ttl) then redis.call('PEXPIRE', key, ttl) end
  end

  local function keep(sid, startedAt, jti, expiresAt, ttl)
    redis.call('PEXPIRE', sessions .. sid, ttl)
    redis.call('ZADD', index, expiresAt, sid)
    prolong(index, ttl)
    if redis.call('EXISTS', started) == 1 then
      redis.call('ZADD', started, startedAt, sid)
      redis.call('HSET', tokensOf, sid, tokens .. jti)
      prolong(started, ttl)
      prolong(tokensOf, ttl)
    end
  end

  local function isBlocked(generation)
    return string.sub(generation, 1, ${BLOCKED.length}) == '${BLOCKED}'
  end
`;
var byStart2 = `
  local function isIndexed()
    return redis.call('ZCARD', started) == redis.call('ZCARD', index)
  end

  local function makeIndexes()
    for _, sid in ipairs(redis.call('ZRANGE', index, 0, -1)) do
      local startedAt, jti = unpack(redis.call('HMGET', sessions .. sid, 'created_at', 'jti'))
      if jti then
        redis.call('ZADD', started, startedAt, sid)
        redis.call('HSET', tokensOf, sid, tokens .. jti)
      else
        redis.call('ZREM', index, sid)
      end
    end
    for _, key in ipairs({ started, tokensOf }) do redis.call('PEXPIRE', key, redis.call('PTTL', index)) end
  end

  -- Calls take(sid) until \`count\` of them were taken. False when \`started\` has a session that \`index\` has not.
  local function eachStarted(read, from, to, skipped, now, count, take)
    now = tonumber(now)
    while count > 0 do
      local sids = redis.call(read, started, from, to, 'LIMIT', skipped, math.min(count, ${KEYS_AT_ONCE}))
      if #sids == 0 then break end
      skipped = skipped + #sids
      for i, expiresAt in ipairs(redis.call('ZMSCORE', index, unpack(sids))) do
        if not expiresAt then return false end
        if tonumber(expiresAt) > now and take(sids[i]) then count = count - 1 end
      end
    end
    return true
  end

  local function sortByStart(now)
    local live = {}
    for _, sid in ipairs(redis.call('ZRANGE', index, '(' .. now, '+inf', 'BYSCORE')) do
      local startedAt = redis.call('HGET', sessions .. sid, 'created_at')
      if startedAt then table.insert(live, { sid = sid, at = tonumber(startedAt) }) end
    end
    table.sort(live, function(a, b) return a.at < b.at or (a.at == b.at and a.sid < b.sid) end)
    return live
  end
`;
var startScript = defineScript(`
  ${prelude2}
  ${byStart2}
  local generation, nextGeneration, generationTtl, limit, policy, now, sid, jti, tokenTtl, expiresAt, ttl, startedAt =
    unpack(ARGV, 3, 14)
  limit = tonumber(limit)
  if (redis.call('GET', generationKey) or '') ~= generation then return { 'stale' } end

  local expired = redis.call('ZRANGE', index, '-inf', now, 'BYSCORE', 'LIMIT', 0, ${EXPIRED_AT_ONCE})
  if #expired > 0 then
    redis.call('ZREM', index, unpack(expired))
    redis.call('ZREM', started, unpack(expired))
    redis.call('HDEL', tokensOf, unpack(expired))
  end

  if not isIndexed() then
    redis.call('UNLINK', started, tokensOf)
    if redis.call('ZCARD', index) > ${FEW} then makeIndexes() end
  end

  local surplus = limit == 0 and 0 or redis.call('ZCOUNT', index, '(' .. now, '+inf') - limit + 1
  local oldest = {}
  if surplus > 0 then
    local function take(other)
      table.insert(oldest, other)
      return true
    end
    if not isIndexed() or not eachStarted('ZRANGEBYSCORE', '-inf', '+inf', 0, now, surplus, take) then
      redis.call('UNLINK', started, tokensOf)
      local live = sortByStart(now)
      surplus = #live - limit + 1
      for i = 1, surplus do oldest[i] = live[i].sid end
    end
  end
  if surplus > 0 and policy == 'deny' then return { 'full' } end

  allow(jti, tokenTtl)
  for i = 1, surplus do endOne(oldest[i]) end
  if isBlocked(generation) then redis.call('SET', generationKey, nextGeneration, 'PX', generationTtl) end
  redis.call('HSET', sessions .. sid, unpack(ARGV, 15))
  keep(sid, startedAt, jti, expiresAt, ttl)
  return { 'started', ended }
`);
var rotateScript = defineScript(`
  ${prelude2}
  local sid, presented, successor, generation, leeway, scope, now, jti, iat, exp, tokenTtl, expiresAt, ttl, ip, userAgent =
    unpack(ARGV, 3)
  local session = sessions .. sid
  local current, previous, rotatedAt, oldJti, oldIat, oldExp, oldExpiresAt, startedAt, lastIp, lastUserAgent, amr =
    unpack(redis.call('HMGET', session, 'refresh', 'previous_refresh', 'rotated_at', 'jti', 'iat', 'exp', 'expires_at',
      'created_at', 'ip', 'user_agent', 'amr'))
  -- endMany leaves hashes for a moment.
  if not current or not redis.call('ZSCORE', index, sid) then return { 'unknown' } end

  amr = amr or ''

  if presented == current then
    if (redis.call('GET', generationKey) or '') ~= generation then return { 'stale' } end
    allow(jti, tokenTtl)
    redis.call('DEL', tokens .. oldJti)
    redis.call('HSET', session, 'refresh', successor, 'previous_refresh', presented, 'rotated_at', now,
      'jti', jti, 'iat', iat, 'exp', exp, 'expires_at', expiresAt, 'last_used_at', now, 'ip', ip, 'user_agent', userAgent)
    keep(sid, startedAt, jti, expiresAt, ttl)
    return { 'rotated', jti, iat, exp, expiresAt, amr }
  end

  if presented == previous and tonumber(now) - tonumber(rotatedAt) < tonumber(leeway) then
    return { 'repeated', oldJti, oldIat, oldExp, oldExpiresAt, amr }
  end

  if scope == 'user' then return { 'reused', lastIp, lastUserAgent, endAll(now, '') } end
  endOne(sid)
  return { 'reused', lastIp, lastUserAgent, ended }
`);
var touchScript = defineScript(`
  ${prelude2}
  local sid, now, interval = unpack(ARGV, 3)
  local last = redis.call('HGET', sessions .. sid, 'last_used_at')
  if last and tonumber(now) - tonumber(last) >= tonumber(interval) then
    redis.call('HSET', sessions .. sid, 'last_used_at', now)
  end
  return {}
`);
var listScript = defineScript(`
  ${prelude2}
  ${byStart2}
  local now, limit, at, before = unpack(ARGV, 3)
  limit = tonumber(limit)
  local found
  local function take(sid)
    local fields = redis.call('HMGET', sessions .. sid, ${LISTED_FIELDS.map((name) => `'${name}'`).join(", ")})
    if not fields[1] then return false end
    table.insert(fields, sid)
    table.insert(found, fields)
    return true
  end

  -- One string is read faster than one for each field.
  local function reply()
    return #found == 0 and '[]' or cjson.encode(found)
  end

  if isIndexed() then
    found = {}
    local skipped = 0
    if at ~= '+inf' then
      for _, sid in ipairs(redis.call('ZRANGE', started, at, at, 'BYSCORE')) do
        if sid >= before then skipped = skipped + 1 end
      end
    end
    if eachStarted('ZREVRANGEBYSCORE', at, '-inf', skipped, now, limit, take) then return reply() end
  end

  found = {}
  local live = sortByStart(now)
  for i = #live, 1, -1 do
    if #found == limit then break end
    local session = live[i]
    local isLater = at ~= '+inf' and (session.at > tonumber(at) or (session.at == tonumber(at) and session.sid >= before))
    if not isLater then take(session.sid) end
  end
  return reply()
`);
var findScript = defineScript(`
  ${prelude2}
  local sid, now = unpack(ARGV, 3)
  local expiresAt = redis.call('ZSCORE', index, sid)
  if not expiresAt or tonumber(expiresAt) <= tonumber(now) then return {} end
  return redis.call('HGETALL', sessions .. sid)
`);
var endScript = defineScript(`
  ${prelude2}
  for i = 3, #ARGV do endOne(ARGV[i]) end
  return ended
`);
var endAllScript = defineScript(`
  ${prelude2}
  local now, kept, nextGeneration, generationTtl = unpack(ARGV, 3)
  if not isBlocked(redis.call('GET', generationKey) or '') then redis.call('SET', generationKey, nextGeneration, 'PX', generationTtl) end
  return endAll(now, kept)
`);
var blockScript = defineScript(`
  ${prelude2}
  local now, generation, blocked, generationTtl = unpack(ARGV, 3)
  if (redis.call('GET', generationKey) or '') ~= generation then return { 'stale' } end
  redis.call('SET', generationKey, blocked, 'PX', generationTtl)
  return { 'blocked', endAll(now, '') }
`);
var revokeScript = defineScript(`
  ${prelude2}
  local generation, blocked, generationTtl = unpack(ARGV, 3)
  if (redis.call('GET', generationKey) or '') ~= generation then return 'stale' end
  redis.call('SET', generationKey, blocked, 'PX', generationTtl)
  local count = redis.call('ZCARD', index)
  if count > ${FEW} and redis.call('HLEN', tokensOf) == count then
    deleteTokens()
  else
    for _, sid in ipairs(redis.call('ZRANGE', index, 0, -1)) do
      local jti = redis.call('HGET', sessions .. sid, 'jti')
      if jti then redis.call('DEL', tokens .. jti) end
    end
  end
  return 'revoked'
`);
var unblockScript = defineScript(`
  ${prelude2}
  local generation, nextGeneration, generationTtl = unpack(ARGV, 3)
  if redis.call('GET', generationKey) == generation then redis.call('SET', generationKey, nextGeneration, 'PX', generationTtl) end
  return {}
`);

// models/session/session.redis.ts
function keysOf(user) {
  return {
    token: (jti) => `jwt:${user}:${jti}`,
    session: (sessionId) => `session:${user}:${sessionId}`,
    index: `sessions:${user}`,
    started: `started:${user}`,
    tokens: `tokens:${user}`,
    moved: (id) => ["sessions", "started", "tokens"].map((name) => `ended:${user}:${id}:${name}`),
    generation: `generation:${user}`
  };
}
var REMOVED_AT_ONCE = 100;
var ids = array(string());
var endedReply = union([ids, number()]);
var startReply = union([tuple([_enum(["stale", "full"])]), tuple([literal("started"), ids])]);
var blockReply = union([tuple([literal("stale")]), tuple([literal("blocked"), endedReply])]);
var number2 = coerce_exports.number();
var rotateReply = union([
  tuple([_enum(["unknown", "stale"])]),
  tuple([_enum(["rotated", "repeated"]), string(), number2, number2, number2, string()]),
  tuple([literal("reused"), string(), string(), endedReply])
]);
var listReply = string().transform((text) => JSON.parse(text)).pipe(array(array(string()).length(LISTED_FIELDS.length + 1)));
var findReply = array(string());
var sessionFields = object({
  device_name: string(),
  ip: string(),
  user_agent: string(),
  amr: string().default(""),
  jti: string(),
  iat: number2,
  exp: number2,
  refresh: string(),
  created_at: number2,
  last_used_at: number2,
  expires_at: number2
});
var NO_GENERATION = "none";
function wordsOf(text) {
  return text.split(" ").filter(Boolean);
}
function toFields({ device, tokenInfo, ...session }) {
  return {
    device_name: device.name ?? "",
    ip: device.ip,
    user_agent: device.userAgent,
    amr: session.amr.join(" "),
    ...tokenInfo,
    refresh: session.refreshHash,
    created_at: session.createdAt,
    last_used_at: session.lastUsedAt,
    expires_at: session.expiresAt
  };
}
function fromFields(userId, id, pairs) {
  const entries = pairs.flatMap((name, i) => i % 2 === 0 ? [[name, pairs[i + 1]]] : []);
  const fields = sessionFields.parse(Object.fromEntries(entries));
  return {
    id,
    userId,
    device: { name: fields.device_name || null, ip: fields.ip, userAgent: fields.user_agent },
    amr: wordsOf(fields.amr),
    tokenInfo: { jti: fields.jti, iat: fields.iat, exp: fields.exp },
    refreshHash: fields.refresh,
    createdAt: fields.created_at,
    lastUsedAt: fields.last_used_at,
    expiresAt: fields.expires_at
  };
}
function fromListed(userId, values) {
  const [name, ip = "", userAgent = "", createdAt, lastUsedAt, expiresAt, id = ""] = values;
  return {
    id,
    userId,
    device: { name: name || null, ip, userAgent },
    createdAt: Number(createdAt),
    lastUsedAt: Number(lastUsedAt),
    expiresAt: Number(expiresAt)
  };
}
function createRedisSessionStore(redis, now) {
  const keys = (userId) => keysOf(redis.hashTags ? `{${userId}}` : `${userId}`);
  function run(script, userId, args, moved = []) {
    const { index, generation, started, tokens, token, session } = keys(userId);
    const named = [index, generation, started, tokens, ...moved];
    return redis.eval(script, named, [token(""), session(""), ...args]);
  }
  function endedOf(userId, reply2, moved) {
    return typeof reply2 === "number" ? { count: reply2, ids: readMoved(userId, moved) } : { count: reply2.length, ids: Promise.resolve(reply2) };
  }
  async function readMoved(userId, moved) {
    const [index = ""] = moved;
    const found = ids.parse(await redis.run(index, ["ZRANGE", index, `(${now()}`, "+inf", "BYSCORE"]));
    removeMoved(userId, found, moved).catch(() => {
    });
    return found;
  }
  async function removeMoved(userId, sessionIds, moved) {
    for (let from = 0; from < sessionIds.length; from += REMOVED_AT_ONCE) {
      await run(endScript, userId, sessionIds.slice(from, from + REMOVED_AT_ONCE));
    }
    await redis.run(moved[0] ?? "", ["UNLINK", ...moved]);
  }
  return {
    async generation(userId) {
      const key = keys(userId).generation;
      const generation = string().nullable().parse(await redis.run(key, ["GET", key]));
      return generation?.startsWith(BLOCKED) ? null : generation ?? "";
    },
    async start(session, generation, { sessions, policy }) {
      const { id, userId, tokenInfo, expiresAt } = session;
      const time = now();
      const reply2 = await run(startScript, userId, [
        ...[generation, randomUUID3(), GENERATION_TTL_MS, sessions, policy, time],
        ...[id, tokenInfo.jti, tokenInfo.exp * 1e3 - time, expiresAt, expiresAt - time, session.createdAt],
        ...Object.entries(toFields(session)).flat()
      ]);
      const [result, ended] = startReply.parse(reply2);
      return result === "started" ? ended : result;
    },
    async rotate(rotation, leewayMs, reuseScope) {
      const { userId, sessionId, presentedHash, successorHash, tokenInfo, client, expiresAt } = rotation;
      const generation = rotation.generation ?? NO_GENERATION;
      const time = now();
      const moved = keys(userId).moved(randomUUID3());
      const args = [
        ...[sessionId, presentedHash, successorHash, generation, leewayMs, reuseScope, time],
        ...[
          tokenInfo.jti,
          tokenInfo.iat,
          tokenInfo.exp,
          tokenInfo.exp * 1e3 - time,
          expiresAt,
          expiresAt - time
        ],
        ...[client.ip, client.userAgent]
      ];
      const result = rotateReply.parse(await run(rotateScript, userId, args, moved));
      switch (result[0]) {
        case "unknown":
        case "stale":
          return { outcome: result[0] };
        case "reused": {
          const [, ip, userAgent, ended] = result;
          return {
            outcome: "reused",
            ended: await endedOf(userId, ended, moved).ids,
            lastUse: { ip, userAgent }
          };
        }
        default: {
          const [outcome, jti, iat, exp, until, amr] = result;
          return { outcome, tokenInfo: { jti, iat, exp }, amr: wordsOf(amr), expiresAt: until };
        }
      }
    },
    async isAllowed({ userId, jti }) {
      const key = keys(userId).token(jti);
      return await redis.run(key, ["GET", key]) === "allow";
    },
    async touch(userId, sessionId) {
      await run(touchScript, userId, [sessionId, now(), TOUCH_INTERVAL_MS]);
    },
    async list(userId, limit, after) {
      const position = after ? [after.createdAt, after.id] : ["+inf", ""];
      const found = listReply.parse(await run(listScript, userId, [now(), limit, ...position]));
      return found.map((session) => fromListed(userId, session));
    },
    async find(userId, sessionId) {
      const pairs = findReply.parse(await run(findScript, userId, [sessionId, now()]));
      return pairs.length === 0 ? null : fromFields(userId, sessionId, pairs);
    },
    async end(userId, sessionId) {
      return ids.parse(await run(endScript, userId, [sessionId])).length === 1;
    },
    async endAll(userId, keptId = "") {
      const moved = keys(userId).moved(randomUUID3());
      const args = [now(), keptId, randomUUID3(), GENERATION_TTL_MS];
      const reply2 = endedReply.parse(await run(endAllScript, userId, args, moved));
      return endedOf(userId, reply2, moved);
    },
    async blockLogins(userId, generation) {
      const blocked = `${BLOCKED}${randomUUID3()}`;
      const moved = keys(userId).moved(randomUUID3());
      const args = [now(), generation, blocked, GENERATION_TTL_MS];
      const [result, ended] = blockReply.parse(await run(blockScript, userId, args, moved));
      if (result === "stale") return null;
      return { generation: blocked, ended: await endedOf(userId, ended, moved).ids };
    },
    async revokeTokens(userId, generation) {
      const blocked = `${BLOCKED}${randomUUID3()}`;
      const result = await run(revokeScript, userId, [generation, blocked, GENERATION_TTL_MS]);
      return result === "revoked" ? blocked : null;
    },
    async unblockLogins(userId, generation) {
      await run(unblockScript, userId, [generation, randomUUID3(), GENERATION_TTL_MS]);
    }
  };
}

// models/session/tokenKeys.ts
import { createSecretKey as createSecretKey2 } from "node:crypto";
function createTokenKeySet(secret, keys) {
  const key = createSecretKey2(secret, "utf8");
  const ofSecret = {
    kid: void 0,
    algorithm: "HS256",
    isActive: false,
    signingKey: key,
    verifyingKey: key
  };
  const byKid = new Map([ofSecret, ...keys].map((each) => [each.kid, each]));
  return {
    active: keys.find(({ isActive }) => isActive) ?? ofSecret,
    find: (kid) => byKid.get(kid),
    publicKeys: {
      keys: keys.filter(({ verifyingKey }) => verifyingKey.type === "public").map(({ kid, algorithm, verifyingKey }) => ({
        ...verifyingKey.export({ format: "jwk" }),
        kid,
        alg: algorithm,
        use: "sig"
      }))
    }
  };
}

// models/user/verifiedEmail.sql.ts
function createVerifiedEmailTable(db, now) {
  return {
    /** Also false when the address changed after its verification. */
    async has({ id, email: email2 }) {
      const [row] = await db.query("SELECT email FROM verified_emails WHERE user_id = ?", [id]);
      return row?.email === email2;
    },
    async add({ id, email: email2 }) {
      await db.run("REPLACE INTO verified_emails (user_id, email, verified_at) VALUES (?, ?, ?)", [
        ...[id, email2, toPreciseSqlTime(now())]
      ]);
    }
  };
}

// signing/clients.ts
var DEFAULT_CLIENT = "default";
function createSigningClients(settings) {
  const clients = {
    ...settings.SIGNATURE_KEYS,
    [DEFAULT_CLIENT]: { current: settings.SIGNATURE_KEY, previous: settings.SIGNATURE_KEY_PREVIOUS }
  };
  return new Map(
    Object.entries(clients).map(([id, { current, previous, routes }]) => {
      const keys = [current, previous].filter((key) => key !== void 0).map(signatureKey);
      const mayCall = (method, path) => routes === void 0 || routes.some((route) => isRequestOf(route, method, path));
      return [id, { keys, mayCall }];
    })
  );
}
function isRequestOf(route, method, path) {
  const [wantedMethod = "", wantedPath = ""] = route.split(" ");
  const wanted = wantedPath.split("/");
  const given = (path.startsWith("/api/") ? path.slice("/api".length) : path).split("/");
  return method === wantedMethod && given.length === wanted.length && wanted.every((part, i) => part.startsWith(":") || part === given[i]);
}

// compose.ts
function createModels({
  env,
  db,
  redis,
  log,
  audit,
  metrics,
  mailer,
  nats,
  now,
  keys = keysOf2(env)
}) {
  const stores = redis ? redisStores(env, redis, now) : memoryStores(env, now);
  const events = createEmitter(log);
  const lockoutWindow = { windowMs: env.LOCKOUT_WINDOW * 1e3 };
  const lockout = createLockoutModel(stores.lockouts, { failures: env.LOCKOUT_FAILURES, ...lockoutWindow });
  const users = createUserModel(db, now);
  const verifiedEmails = createVerifiedEmailTable(db, now);
  const accountTokens = createAccountTokenModel(db, now);
  const identities = createIdentityTable(db, now);
  const passwords = createPasswordModel({
    kind: env.PASSWORD_HASH,
    rounds: env.BCRYPT_ROUNDS,
    queueLimit: env.HASH_QUEUE_LIMIT,
    threads: env.UV_THREADPOOL_SIZE,
    processes: env.WEB_CONCURRENCY,
    secret: env.JWT_SECRET,
    sample: users.sampleHashes,
    metrics
  });
  const policy = createPasswordPolicy({
    minLength: env.PASSWORD_MIN_LENGTH,
    maxBytes: MAX_BYTES[env.PASSWORD_HASH]
  });
  const confirmPassword = createPasswordConfirmation({ passwords, lockout, events });
  const tokens = createTokenModel(tokenOptions(env, keys), now);
  const sessions = createSessionModel({
    store: stores.sessions,
    tokens,
    refreshTokens: createRefreshTokenModel(env.JWT_SECRET),
    events,
    options: sessionOptions(env),
    now
  });
  const roles = createRoleModel({ db, users, sessions, events, now });
  const encryption = createEncryptionModel({
    secret: env.JWT_SECRET,
    dataKey: env.DATA_KEY ? readDataKey(env.DATA_KEY) : null,
    previousDataKey: env.DATA_KEY_PREVIOUS ? readDataKey(env.DATA_KEY_PREVIOUS) : null
  });
  const mfa = createMfaModel({
    users,
    verifiedEmails,
    passwords,
    confirmPassword,
    totp: createTotpModel({ db, encryption, issuer: env.TOTP_ISSUER, now }),
    pendingLogins: stores.pendingLogins,
    lockout: createLockoutModel(stores.lockouts, { failures: env.MFA_FAILURES, ...lockoutWindow }),
    events,
    now
  });
  const activity = createActivityReader(db);
  const mails = createMails(env.APP_URL);
  const accountDependencies = {
    users,
    passwords,
    policy,
    confirmPassword,
    sessions,
    mfa,
    lockout,
    events,
    roles,
    erasure: createErasureModel({ db, audit, log, now }),
    accountTokens,
    verifiedEmails,
    identities,
    tellClosed: createClosedNotice({ mailer, mails, now }),
    requireVerification: env.REQUIRE_EMAIL_VERIFICATION,
    now
  };
  const accounts = createAccountModel(accountDependencies);
  const identityDependencies = { identities, users, verifiedEmails, sessions, confirmPassword, events, now };
  const identityModel = createIdentityModel(identityDependencies);
  const providers = Object.entries(env.OIDC_PROVIDERS);
  const oidc = createOidcModel({
    providers: providers.map(([name, settings]) => createProviderModel(name, settings, now)),
    identities: identityModel,
    accounts,
    codes: stores.loginCodes,
    encryption,
    returnTo: createReturnTo(env.APP_URL),
    events,
    log,
    onFinished: metrics.signInFinished,
    now
  });
  metrics.watchProviders(providers.map(([name]) => name));
  const recovery = createRecoveryModel({
    users,
    passwords,
    policy,
    sessions,
    mfa,
    mfaReset: env.MFA_RESET_BY_MAIL,
    accountTokens,
    verifiedEmails,
    events,
    mailer,
    mails,
    unlock: (email2) => lockout.clear(lockoutKeys.login(email2))
  });
  const admin = createAdminModel({
    users,
    list: createUserList(db),
    trail: createAuditTrailReader(db),
    disabledAccounts: createDisabledAccountTable(db, now),
    sessions,
    mfa,
    roles,
    recovery,
    events
  });
  events.onAny(audit.record);
  events.on("session.started", metrics.sessionStarted);
  events.on("session.refreshed", metrics.sessionRefreshed);
  events.on("session.ended", ({ reason }) => metrics.sessionEnded(reason));
  events.on("refresh.reused", metrics.refreshReused);
  events.on("account.locked", ({ reason }) => metrics.accountLocked(reason));
  events.on("account.disabled", metrics.accountDisabled);
  nats?.serve({ events, introspect: sessions.introspect });
  sendNotices({ events, activity, users, verifiedEmails, accountTokens, recovery, mailer, mails, now });
  return {
    ...accountDependencies,
    keys,
    accounts,
    roles,
    identityModel,
    oidc,
    admin,
    recovery,
    activity,
    tokens,
    sessionStore: stores.sessions,
    replays: stores.replays,
    limiter: stores.limiter
  };
}
function keysOf2(env) {
  return {
    tokens: createTokenKeySet(env.JWT_SECRET, env.JWT_KEYS),
    clients: createSigningClients(env)
  };
}
function tokenOptions(env, keys = keysOf2(env)) {
  return { keys: () => keys.tokens, issuer: env.JWT_ISSUER, audience: env.JWT_AUDIENCE };
}
function sessionOptions(env) {
  return {
    limit: { sessions: env.CONCURRENT_LOGIN, policy: env.CONCURRENT_LOGIN_POLICY },
    accessTokenTtl: env.JWT_EXPIRES_IN,
    refreshTokenTtl: env.REFRESH_TOKEN_TTL,
    refreshLeeway: env.REFRESH_LEEWAY,
    refreshReuseScope: env.REFRESH_REUSE_SCOPE,
    sessionMaxAge: env.SESSION_MAX_AGE
  };
}
function limitOf(env) {
  return { requests: env.RATE_LIMIT_MAX, window: env.RATE_LIMIT_WINDOW };
}
function redisStores(env, redis, now) {
  return {
    sessions: createRedisSessionStore(redis, now),
    lockouts: createRedisLockoutStore(redis, now),
    pendingLogins: createRedisOneTimeStore(redis, { prefix: "mfa_token", schema: pendingLoginSchema, now }),
    loginCodes: createRedisOneTimeStore(redis, { prefix: "oidc_code", schema: loginCodeSchema, now }),
    replays: createRedisReplayStore(redis),
    limiter: createRedisRateLimiter(redis, limitOf(env))
  };
}
function memoryStores(env, now) {
  return {
    sessions: createMemorySessionStore(now),
    lockouts: createMemoryLockoutStore(now),
    pendingLogins: createMemoryOneTimeStore(now),
    loginCodes: createMemoryOneTimeStore(now),
    replays: createMemoryReplayStore(now),
    limiter: createMemoryRateLimiter(limitOf(env))
  };
}

export {
  require_ms,
  createUserModel,
  ADMIN,
  ROLE_NAME,
  MAX_ROLES,
  createErasureModel,
  LAST_TIME,
  SIGN_IN_TTL_MS,
  LOGIN_CODE_TTL_MS,
  REFRESH_TOKEN_FORM,
  createRefreshTokenModel,
  v7_default,
  createRedisSessionStore,
  MAX_TOKEN_LENGTH,
  TokenRefusedError,
  createTokenModel,
  stringToSign,
  aroundBody,
  signatureKey,
  mac,
  signatureHeaders,
  DEFAULT_CLIENT,
  createModels,
  keysOf2 as keysOf,
  tokenOptions
};
/*! Bundled license information:

safe-buffer/index.js:
  (*! safe-buffer. MIT License. Feross Aboukhadijeh <https://feross.org/opensource> *)

@scure/base/index.js:
  (*! scure-base - MIT License (c) 2022 Paul Miller (paulmillr.com) *)
*/
//# sourceMappingURL=chunk-D2RWL7RO.js.map
