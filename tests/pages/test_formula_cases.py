"""Formulas as textbooks print them: right ones are ticked, wrong ones and doubtful ones are not.

The wrong ones are errors that readers reported in printed books, and what a checker could overlook:
an index, a transposition, a bound, a sign, a side of a limit.
"""
# ruff: noqa: E501

import numpy as np
import pytest

from pages.formulas import between, checked, function, plane, whole
from pages.formulas.check import check, known_of
from pages.formulas.printing import essential, latex, printed
from pages.formulas.problems import Wrong
from pages.formulas.reader import read
from pages.formulas.tokens import Unreadable, cut

A = np.array([[2.0, 1], [1, 20]])
bvec = np.array([5.0, 3])
P = np.random.default_rng(0).normal(size=(5, 2))
H = np.array([[2.0, 1], [1, 3]])

QUADRATIC = checked(x=between(-2, 2, 2), A=A, b=bvec, f=lambda x: x @ A @ x - bvec @ x)
SOFTMAX = checked(
    z=between(-1, 1, 3),
    p=lambda z: np.exp(z) / np.exp(z).sum(),
    k=whole(1, 3),
    j=whole(1, 3),
    i=whole(1, 3),
)

RIGHT = [
    (
        r"\frac{df}{dx} = 2 A x - b",
        QUADRATIC,
    ),
    (
        r"\frac{df}{dx} = (A + A^T) x - b",
        QUADRATIC,
    ),
    (
        r"\frac{\partial f}{\partial \mathbf{x}} = (\mathbf{A} + \mathbf{A}^\top)\mathbf{x} - \mathbf{b}",
        QUADRATIC,
    ),
    (
        r"\nabla_x f = 2 A x - b",
        QUADRATIC,
    ),
    (
        r"\nabla f(\boldsymbol{x}) = 2 \boldsymbol{A}\boldsymbol{x} - \boldsymbol{b}",
        checked(
            x=between(-2, 2, 2),
            A=A,
            b=bvec,
            f=lambda x: x @ A @ x - bvec @ x,
            nabla_f=function(lambda x: 2 * A @ x - bvec),
        ),
    ),
    (
        r"p = \Phi (\Phi^T \Phi)^{-1} \Phi^T y",
        checked(y=between(-2, 2, 5), Phi=P, p=lambda y: P @ np.linalg.lstsq(P, y, rcond=None)[0]),
    ),
    (
        r"t = (X^\top X)^{-1} X^\top y",
        checked(X=P, y=between(-1, 1, 5), t=lambda y: np.linalg.lstsq(P, y, rcond=None)[0]),
    ),
    (r"t = X^{\mathsf T} y", checked(X=P, y=between(-1, 1, 5), t=lambda y: P.T @ y)),
    (r"t = X^{\intercal} y", checked(X=P, y=between(-1, 1, 5), t=lambda y: P.T @ y)),
    (r"t = X' y", checked(X=P, y=between(-1, 1, 5), t=lambda y: P.T @ y)),
    (
        r"t = X^{+} y",
        checked(X=P, y=between(-1, 1, 5), t=lambda y: np.linalg.lstsq(P, y, rcond=None)[0]),
    ),
    (r"A^{-1} A = I", checked(A=between(1, 2, 2, 2), I=np.eye(2))),
    (r"(A^{-1})^T = (A^T)^{-1}", checked(A=between(1, 2, 2, 2))),
    (r"A^{-T} = (A^T)^{-1}", checked(A=between(1, 2, 2, 2))),
    (
        r"\frac{d}{dx}\left(\sqrt{x^2 + \exp(x^2)} + \cos(x^2 + \exp(x^2))\right) = 2x \left(\frac{1}{2\sqrt{x^2 + \exp(x^2)}} - \sin(x^2+\exp(x^2))\right)\left(1 + \exp(x^2)\right)",
        checked(x=between(-1, 1)),
    ),
    (r"\frac{\partial}{\partial X} \det X = \det(X) (X^{-1})^T", checked(X=between(1, 2, 2, 2))),
    (r"|X| = \det X", checked(X=between(1, 2, 2, 2))),
    (
        r"\operatorname{tr}(A B) = \operatorname{tr}(B A)",
        checked(A=between(1, 2, 2, 2), B=between(1, 2, 2, 2), tr=function(np.trace)),
    ),
    (
        r"\frac{\partial}{\partial X} \operatorname{tr}(A X) = A^T",
        checked(A=between(1, 2, 2, 2), X=between(1, 2, 2, 2), tr=function(np.trace)),
    ),
    (r"\frac{\partial x^T a}{\partial x} = a^T", checked(x=between(-1, 1, 3), a=between(-1, 1, 3))),
    (
        r"x x^T = \begin{bmatrix} x_1^2 & x_1x_2 \\ x_2x_1 & x_2^2\end{bmatrix}",
        checked(x=between(-1, 1, 2)),
    ),
    (r"\frac{\partial A x}{\partial x} = A", checked(A=between(-1, 1, 3, 2), x=between(-1, 1, 2))),
    (r"\frac{d}{dz}\tanh z = 1 - \tanh^2 z", checked(z=between(-1, 1))),
    (r"\frac{d}{dz}\tanh z = 1 - \tanh^2(z)", checked(z=between(-1, 1))),
    (r"\exp(x)^2 = \exp(2x)", checked(x=between(-1, 1))),
    (r"\det(A)^2 = \det(A)\det(A)", checked(A=between(1, 2, 2, 2))),
    (r"\sum_{i=1}^{3} x^2_i = x_1^2+x_2^2+x_3^2", checked(x=between(-1, 1, 3))),
    (
        r"(A x)_i = \sum_{j=1}^{3} A_{ij} x_j",
        checked(A=between(-1, 1, 3, 3), x=between(-1, 1, 3), i=whole(1, 3)),
    ),
    (
        r"(A B)_{ij} = \sum_{k=1}^{3} A_{ik}B_{kj}",
        checked(A=between(-1, 1, 3, 3), B=between(-1, 1, 3, 3), i=whole(1, 3), j=whole(1, 3)),
    ),
    (r"A^T_{ij} = A_{ji}", checked(A=between(-1, 1, 3, 3), i=whole(1, 3), j=whole(1, 3))),
    (
        r"\operatorname{softmax}(z)_i = \frac{e^{z_i}}{\sum_{j=1}^{3} e^{z_j}}",
        checked(
            z=between(-1, 1, 3),
            i=whole(1, 3),
            softmax=function(lambda z: np.exp(z) / np.exp(z).sum()),
        ),
    ),
    (r"\lVert x \rVert_1 = |x_1| + |x_2|", checked(x=between(-1, 1, 2))),
    (r"\lVert A \rVert_2 = s", checked(A=between(-1, 1, 2, 2), s=lambda A: np.linalg.norm(A, 2))),
    (r"\| x \|^2 = x^T x", checked(x=between(-1, 1, 2))),
    (r"|A| = A_{11}A_{22} - A_{12}A_{21}", checked(A=between(1, 2, 2, 2))),
    (
        r"w x + b = 0 \Longleftrightarrow x = -\frac{b}{w}",
        checked(w=between(1, 2), b=between(1, 2), x=between(-2, 2)),
    ),
    (r"x > 1 \Longrightarrow x > 0", checked(x=between(-2, 2))),
    (r"f'(x) = 0 \Longrightarrow x = 0", checked(x=between(-2, 2), f=function(lambda x: x**2))),
    (r"x>0 \iff 2x>0", checked(x=between(-2, 2))),
    (r"x>1 \implies x>0", checked(x=between(-2, 2))),
    (r"x>0 \Leftrightarrow 2x>0", checked(x=between(-2, 2))),
    (
        r"L = -\sum_{j=1}^{3} y_j \log \left(\frac{\exp(x_j)}{\sum_{k=1}^{3} \exp(x_k)}\right)",
        checked(
            x=between(-1, 1, 3),
            y=between(0, 1, 3),
            L=lambda x, y: -(y * np.log(np.exp(x) / np.exp(x).sum())).sum(),
        ),
    ),
    (
        r"L = -\sum_{j=1}^{3} y_j \log \left(\frac{\exp(x_j)}{\sum_{j=1}^{3} \exp(x_j)}\right)",
        checked(
            x=between(-1, 1, 3),
            y=between(0, 1, 3),
            L=lambda x, y: -(y * np.log(np.exp(x) / np.exp(x).sum())).sum(),
        ),
    ),
    (
        r"L = -\sum_j y_j \log p_j",
        checked(y=between(0, 1, 3), p=between(0.1, 1, 3), L=lambda y, p: -(y * np.log(p)).sum()),
    ),
    (
        r"\frac{\partial p_k}{\partial z_j} = p_k (\delta_{kj} - p_j)",
        checked(
            z=between(-1, 1, 3),
            p=lambda z: np.exp(z) / np.exp(z).sum(),
            k=whole(1, 3),
            j=whole(1, 3),
            i=whole(1, 3),
            delta=np.eye(3),
        ),
    ),
    (
        r"\frac{\partial p_k}{\partial z_j} = \begin{cases} p_k(1-p_j) & k = j \\ -p_k p_j & k \neq j \end{cases}",
        SOFTMAX,
    ),
    (
        r"\frac{\partial p_k}{\partial z_j} = \begin{cases} p_k(1-p_j) & \text{if } k = j \\ -p_k p_j & \text{if } k \neq j \end{cases}",
        SOFTMAX,
    ),
    (
        r"\frac{\partial p_k}{\partial z_j} = \begin{cases} p_k(1-p_j) & k = j \\ -p_k p_j & \text{otherwise} \end{cases}",
        SOFTMAX,
    ),
    (
        r"|x| = \begin{cases} x & \text{for } x \ge 0 \\ -x & \text{for } x < 0 \end{cases}",
        checked(x=between(-1, 1)),
    ),
    (r"|x| = \begin{cases} x, & x \ge 0, \\ -x, & x < 0. \end{cases}", checked(x=between(-1, 1))),
    (
        r"|x| = \left\{ \begin{array}{ll} x & x \ge 0 \\ -x & x < 0 \end{array} \right.",
        checked(x=between(-1, 1)),
    ),
    (
        r"r'(x) = \begin{cases} 1 & x > 0 \\ 0 & x < 0 \end{cases}",
        checked(x=between(-1, 1), r=function(lambda x: max(x, 0))),
    ),
    (
        r"\frac{d^2 L}{d\beta d\beta'} = H",
        checked(beta=between(-1, 1, 2), L=lambda beta: 0.5 * beta @ H @ beta, H=H),
    ),
    (
        r"\frac{d^2 L}{d\beta^2} = H",
        checked(beta=between(-1, 1, 2), L=lambda beta: 0.5 * beta @ H @ beta, H=H),
    ),
    (
        r"\frac{\partial^2 L}{\partial\beta\,\partial\beta^T} = H",
        checked(beta=between(-1, 1, 2), L=lambda beta: 0.5 * beta @ H @ beta, H=H),
    ),
    (r"\nabla^2 L = H", checked(beta=between(-1, 1, 2), L=lambda beta: 0.5 * beta @ H @ beta, H=H)),
    (r"\mathcal{L} = \beta^T \beta", checked(beta=between(-1, 1, 2), L=lambda beta: beta @ beta)),
    (
        r"\frac{\partial^2}{\partial x \partial y} f(x,y) \approx \frac{f(x+h,y+k) - f(x+h,y) - f(x,y+k) + f(x,y)}{hk}",
        checked(
            f=function(lambda x, y: np.sin(x) * y**2),
            x=between(0, 1),
            y=between(0, 1),
            h=between(0.001, 0.002),
            k=between(0.001, 0.002),
            close=0.01,
        ),
    ),
    (
        r"f(x+d) \approx f(x) + f'(x) d + \frac12 f''(x) d^2",
        checked(x=between(-1, 1), d=between(-0.01, 0.01), f=function(np.exp), close=1e-05),
    ),
    (
        r"f(x+d) = f(x) + f'(x) d + O(d^2)",
        checked(x=between(-1, 1), d=between(-0.01, 0.01), f=function(np.exp)),
    ),
    (
        r"f(x+d) = f(x) + f'(x) d + \mathcal{O}(d^2)",
        checked(x=between(-1, 1), d=between(-0.01, 0.01), f=function(np.exp)),
    ),
    (
        r"\theta_{t+1} = \theta_t - \eta(\gamma v_{t+1} + \nabla\ell(\theta_t))",
        checked(
            theta_t=between(-1, 1),
            eta=between(0, 1),
            gamma=between(0, 1),
            v_t_plus_1=between(-1, 1),
            nabla_ell=function(lambda t: 2 * t),
            theta_t_plus_1=lambda theta_t, eta, gamma, v_t_plus_1: (
                theta_t - eta * (gamma * v_t_plus_1 + 2 * theta_t)
            ),
        ),
    ),
    (
        r"\lim_{x\to a} \frac{f(x)-f(a)}{g(x)-g(a)} = \frac{f'(a)}{g'(a)}",
        checked(a=between(0.1, 1), f=function(np.sin), g=function(np.exp)),
    ),
    (
        r"f'(x) = \lim_{h \rightarrow 0} \frac{f(x+h)-f(x)}{h}",
        checked(x=between(-1, 1), f=function(np.sin)),
    ),
    (
        r"f'(x) = \lim\limits_{h \to 0} \frac{f(x+h)-f(x)}{h}",
        checked(x=between(-1, 1), f=function(np.sin)),
    ),
    (r"\lim_{h \to 0^+} \frac{|h|}{h} = 1", checked()),
    (r"\lim_{x \to 0} x \ln x = 0", checked()),
    (r"\lim_{n\to\infty} \left(1+\frac1n\right)^n = e", checked()),
    (r"\lim_{h\to 0} \frac{\sqrt{|h|}}{1+h} = 0", checked()),
    (r"\lim_{n\to\infty} \frac{\ln n}{n} = 0", checked()),
    (r"\lim_{n\to\infty} n e^{-n} = 0", checked()),
    (r"\lim_{h\to 0} (2x + h) = 2x", checked(x=between(0, 1))),
    (r"\lim_{h\to 0} 2x + h = 2x", checked(x=between(0, 1))),
    (r"\frac{d}{dx}\sqrt[3]{x} = \frac{1}{3\sqrt[3]{x^2}}", checked(x=between(1, 2))),
    (r"p = \underset{q}{\arg\min}\, (q-1)^2", checked(p=1.0, q=between(0, 1))),
    (r"p = \arg\min_{q} (q-1)^2", checked(p=1.0, q=between(0, 1))),
    (r"p = \operatorname*{arg\,min}_{q} (q-1)^2", checked(p=1.0, q=between(0, 1))),
    (r"\min_{q} (q-1)^2 = 0", checked(q=between(0, 1))),
    (
        r"\tanh(x) = 2\sigma(2x) - 1",
        checked(x=between(-2, 2), sigma=function(lambda z: 1 / (1 + np.exp(-z)))),
    ),
    (
        r"s = \sum_{i=1}^{3}\sum_{j=1}^{5} n_{ij}",
        checked(n=between(0, 1, 3, 5), s=lambda n: n.sum()),
    ),
    (
        r"f'(x) \approx \frac{-f(x+2h)+4f(x+h)-3f(x)}{2h}",
        checked(x=between(0, 1), h=between(0.001, 0.002), f=function(np.sin), close=1e-05),
    ),
    (
        r"\frac{\partial}{\partial \sigma}\left(-\frac{n}{2}\ln(2\pi\sigma^2) - \frac{1}{2\sigma^2}\sum_{i=1}^{n}(x_i-\mu)^2\right) = -\frac{n}{\sigma} + \sigma^{-3}\sum_{i=1}^{n}(x_i-\mu)^2",
        checked(n=4, sigma=between(1, 2), mu=between(0, 1), x=between(0, 1, 4)),
    ),
    (
        r"z^{(2)}_j = \sum_{k=1}^{3} W^{(2)}_{jk} a^{(1)}_k + b^{(2)}_j",
        checked(
            W_2=between(-1, 1, 3, 3),
            b_2=between(-1, 1, 3),
            a_1=between(-1, 1, 3),
            a_2=between(-1, 1, 3),
            j=whole(1, 3),
            k=whole(1, 3),
            z_2=lambda W_2, a_1, b_2: W_2 @ a_1 + b_2,
        ),
    ),
    (
        r"z_j^{(2)} = \sum_{k=1}^{3} W_{jk}^{(2)} a_k^{(1)} + b_j^{(2)}",
        checked(
            W_2=between(-1, 1, 3, 3),
            b_2=between(-1, 1, 3),
            a_1=between(-1, 1, 3),
            a_2=between(-1, 1, 3),
            j=whole(1, 3),
            k=whole(1, 3),
            z_2=lambda W_2, a_1, b_2: W_2 @ a_1 + b_2,
        ),
    ),
    (r"w^{[1]}_j = w^{[1]}_j", checked(w_1=between(0, 1, 3), j=whole(1, 3))),
    (r"\sum_{i=1}^{2} \mathbf{x}_i = x_1 + x_2", checked(x=between(-1, 1, 2))),
    (r"\vec{x}_1 + \vec{x}_2 = x_1 + x_2", checked(x=between(-1, 1, 2))),
    (
        r"\frac{df}{dx}(3) = 6",
        checked(x=between(-1, 1), f=function(lambda x: x**2), f_value=lambda x: x**2),
    ),
    (
        r"\frac{\partial f}{\partial x}(1, 2) = 4",
        checked(x=between(-1, 1), y=between(-1, 1), **plane("f", lambda x, y: x**2 * y)),
    ),
    (r"\frac{\mathrm{d}y}{\mathrm{d}x} = 3x^2", checked(x=between(1, 2), y=lambda x: x**3)),
    (r"\frac{\mathrm d}{\mathrm d x} x^3 = 3x^2", checked(x=between(1, 2))),
    (r"n = 10\,000", checked(n=10000)),
    (r"n = 10{,}000", checked(n=10000)),
    (r"\tan^{-1} x = \arctan x", checked(x=between(0.1, 1))),
    (r"g = 1.5 \cdot 10^{-3}", checked(g=0.001512)),
    (
        r"\frac{\partial L}{\partial W} = d x^T",
        checked(
            W=between(-1, 1, 2, 3),
            x=between(-1, 1, 3),
            t=between(-1, 1, 2),
            L=lambda W, x, t: 0.5 * ((W @ x - t) ** 2).sum(),
            d=lambda W, x, t: W @ x - t,
        ),
    ),
    (r"\frac{d}{dx}\sin(100x) = 100\cos(100x)", checked(x=between(0, 1))),
    (r"\frac{d^3}{dx^3} e^x = e^x", checked(x=between(0, 1))),
    (r"f'''(x) = -\cos x", checked(x=between(0, 1), f=function(np.sin))),
    (r"\frac{d}{dx}\frac1x = -\frac1{x^2}", checked(x=between(0.005, 0.1))),
    (r"\frac{d}{dx}\ln x = \frac1{x}", checked(x=between(0.001, 0.01))),
    (r"\frac{d}{dx}\sqrt x = \frac1{2\sqrt x}", checked(x=between(0.0001, 0.001))),
    (r"a/2\pi = \frac{a}{2\pi}", checked(a=between(1, 2))),
    (r"f(x) := x^2", checked(x=between(0, 1), f=function(lambda x: x * x))),
    (r"y := x^2", checked(x=between(0, 1), y=lambda x: x * x)),
    (r"f^{-1}(x) = \sqrt{x}", checked(x=between(1, 2), f=function(lambda x: x * x))),
    (r"f^2(x) = x^4", checked(x=between(1, 2), f=function(lambda x: x * x))),
    (r"f^{(3)}(x) = -\cos x", checked(x=between(1, 2), f=function(np.sin))),
    (r"f^{\prime}(x) = \cos x", checked(x=between(1, 2), f=function(np.sin))),
    (r"x \leq 1", checked(x=between(0.1, 0.9))),
    (r"x \geq 0", checked(x=between(0.1, 0.9))),
    (r"x \ne 1", checked(x=between(0.1, 0.9))),
    (r"x \lt 1", checked(x=between(0.1, 0.9))),
    (r"x \ll 100", checked(x=between(0.1, 0.9))),
    (r"2x = x + x.", checked(x=between(0.1, 0.9))),
    (r"2x = x + x,", checked(x=between(0.1, 0.9))),
    (r"2x = x + x;", checked(x=between(0.1, 0.9))),
    (r"\exp{x} = e^x", checked(x=between(0.1, 0.9))),
    (r"\operatorname{exp}(x) = e^x", checked(x=between(0.1, 0.9))),
    (r"\mathrm{e}^x = \exp(x)", checked(x=between(0.1, 0.9))),
    (r"\arcsin(\sin x) = x", checked(x=between(0.1, 0.9))),
    (r"\cosh x = \frac{e^x+e^{-x}}{2}", checked(x=between(0.1, 0.9))),
    (r"\sinh x = \frac{e^x-e^{-x}}{2}", checked(x=between(0.1, 0.9))),
    (r"\sec x = \frac1{\cos x}", checked(x=between(0.1, 0.9))),
    (r"\cot x = \frac1{\tan x}", checked(x=between(0.1, 0.9))),
    (r"\log_2 8 = 3", checked()),
    (r"\log_{10} 100 = 2", checked()),
    (r"\lg 100 = 2", checked()),
    (r"\operatorname{sgn}(x) = 1", checked(x=between(0.1, 0.9))),
    (r"\sqrt[3]{x^3} = x", checked(x=between(0.1, 0.9))),
    (r"\max\{x, 2\} = 2", checked(x=between(0.1, 0.9))),
    (r"\max(0, x) = x", checked(x=between(0.1, 0.9))),
    (r"\max\left(0, x\right) = x", checked(x=between(0.1, 0.9))),
    (r"\int_0^1 t\,dt = \frac12", checked()),
    (r"\prod_{k=1}^{3} k = 6", checked()),
    (r"3! = 6", checked()),
    (r"\binom{4}{2} = 6", checked()),
    (r"\lfloor x \rfloor = 0", checked(x=between(0.1, 0.9))),
    (r"1 + \ldots + 3 = 6", checked(dots=2)),
    (r"1 + \cdots + 3 = 6", checked(dots=2)),
    (r"\begin{vmatrix} x & 1 \\ 0 & 2 \end{vmatrix} = 2x", checked(x=between(0.1, 0.9))),
    (
        r"\left(\begin{array}{cc} x & 0\end{array}\right) = \begin{bmatrix} x & 0\end{bmatrix}",
        checked(x=between(0.1, 0.9)),
    ),
    (
        r"\begin{pmatrix} x \\ 0\end{pmatrix} = \begin{bmatrix} x \\ 0\end{bmatrix}",
        checked(x=between(0.1, 0.9)),
    ),
    (
        r"\left[\begin{matrix} x & 0\end{matrix}\right] = \begin{bmatrix} x & 0\end{bmatrix}",
        checked(x=between(0.1, 0.9)),
    ),
    (
        r"\begin{Bmatrix} x & 0\end{Bmatrix} = \begin{bmatrix} x & 0\end{bmatrix}",
        checked(x=between(0.1, 0.9)),
    ),
    (
        r"\left(\begin{smallmatrix} x & 0\end{smallmatrix}\right) = \begin{bmatrix} x & 0\end{bmatrix}",
        checked(x=between(0.1, 0.9)),
    ),
    (r"\begin{aligned} 2x &= x + x \\ &= 3x - x \end{aligned}", checked(x=between(0.1, 0.9))),
    (r"\begin{align*} 2x &= x + x \\ &= 3x - x \end{align*}", checked(x=between(0.1, 0.9))),
    (r"\begin{split} 2x &= x + x \\ &= 3x - x \end{split}", checked(x=between(0.1, 0.9))),
    (r"\begin{gathered} 2x = x + x \\ x = 3x - 2x \end{gathered}", checked(x=between(0.1, 0.9))),
    (r"2x \begin{aligned}[t] &= x + x \\ &= 3x - x \end{aligned}", checked(x=between(0.1, 0.9))),
    (r"2x = x + x \tag{1}", checked(x=between(0.1, 0.9))),
    (r"\boxed{2x = x + x}", checked(x=between(0.1, 0.9))),
    (r"\overbrace{x + x}^{\text{twice}} = 2x", checked(x=between(0.1, 0.9))),
    (r"\underbrace{x + x}_{\text{twice}} = 2x", checked(x=between(0.1, 0.9))),
    (r"\color{red}{2x} = x + x", checked(x=between(0.1, 0.9))),
    (r"\textcolor{red}{2x} = x + x", checked(x=between(0.1, 0.9))),
    (r"\displaystyle 2x = x + x", checked(x=between(0.1, 0.9))),
    (r"\bigl(x\bigr) = x", checked(x=between(0.1, 0.9))),
    (r"\bigg(x\bigg) = x", checked(x=between(0.1, 0.9))),
    (r"\Biggl(x\Biggr) = x", checked(x=between(0.1, 0.9))),
    (r"\left( x \middle/ 2 \right) = \frac x2", checked(x=between(0.1, 0.9))),
    (r"\lVert x \rVert^2 = x^T x", checked(x=between(-1, 1, 3))),
    (r"||x||^2 = x^T x", checked(x=between(-1, 1, 3))),
    (r"\|x\|^2 = x^T x", checked(x=between(-1, 1, 3))),
    (r"\left\|x\right\|^2 = x^T x", checked(x=between(-1, 1, 3))),
    (r"\left\lVert x\right\rVert^2 = x^T x", checked(x=between(-1, 1, 3))),
    (r"\lVert x \rVert_2^2 = x^T x", checked(x=between(-1, 1, 3))),
    (r"\langle x, x \rangle = x^T x", checked(x=between(-1, 1, 3))),
    (r"\vert x \vert = x", checked(x=between(0.1, 0.9))),
    (r"\left| x \right| = x", checked(x=between(0.1, 0.9))),
    (r"\left.\frac{d}{dx} x^2\right|_{x=3} = 6", checked(x=between(0.1, 0.9))),
    (r"\frac{d}{dx} x^2 \Big|_{x=3} = 6", checked(x=between(0.1, 0.9))),
    (r"x \in [0,1]", checked(x=between(0.1, 0.9))),
    (r"x \in \mathbb{R}", checked(x=between(0.1, 0.9))),
    (r"2x = x + x \quad \forall x", checked(x=between(0.1, 0.9))),
    (r"|x| = x \quad \text{if } x > 0", checked(x=between(0.1, 0.9))),
    (r"|x| = x \quad \text{for } x > 0", checked(x=between(0.1, 0.9))),
    (r"y = x^2, \quad \text{where } x > 0", checked(x=between(0, 1), y=lambda x: x * x)),
    (r"|x| = x \quad \mbox{if } x > 0", checked(x=between(0.1, 0.9))),
    (r"\textbf{Rule:} \quad 2x = x+x", checked(x=between(0.1, 0.9))),
    (r"2x \equiv x + x", checked(x=between(0.1, 0.9))),
    (r"2x \triangleq x + x", checked(x=between(0.1, 0.9))),
    (r"y \coloneqq 2x", checked(x=between(0, 1), y=lambda x: 2 * x)),
    (r"2x \propto x", checked(x=between(0.1, 0.9))),
    (r"x \sim x", checked(x=between(0.1, 0.9))),
    (r"x \simeq x", checked(x=between(0.1, 0.9))),
    (r"x \overset{!}{=} x", checked(x=between(0.1, 0.9))),
    (r"x \stackrel{!}{=} x", checked(x=between(0.1, 0.9))),
    (
        r"f\colon \mathbb{R} \to \mathbb{R}, \quad f(x) = x^2",
        checked(x=between(0, 1), f=function(lambda x: x * x)),
    ),
    (r"\pm 1 = \begin{bmatrix} 1 \\ -1\end{bmatrix}", checked()),
    (r"x \mp 1 = \begin{bmatrix} x-1 \\ x+1 \end{bmatrix}", checked(x=between(0.1, 0.9))),
    (r"x \odot x = x \odot x", checked(x=between(-1, 1, 3))),
    (r"x \circ x = x \odot x", checked(x=between(-1, 1, 3))),
    (r"2 \ast x = 2x", checked(x=between(0.1, 0.9))),
    (r"2 * x = 2x", checked(x=between(0.1, 0.9))),
    (r"x \div 2 = \frac x2", checked(x=between(0.1, 0.9))),
    (
        r"\mathbb{E}[x] = m",
        checked(x=between(0, 1, 3), m=lambda x: x.mean(), E=function(lambda x: x.mean())),
    ),
    (
        r"\operatorname{Var}(x) = m",
        checked(x=between(0, 1, 3), m=lambda x: x.var(), Var=function(lambda x: x.var())),
    ),
    (r"\mathbf{1}^T x = x_1 + x_2 + x_3", checked(x=between(-1, 1, 3), ones=np.ones(3))),
    (r"\mathbb{1}^T x = x_1+x_2+x_3", checked(x=between(-1, 1, 3), ones=np.ones(3))),
    (r"\boldsymbol{\theta} = \theta", checked(theta=between(0, 1))),
    (r"\bm{x} = x", checked(x=between(0.1, 0.9))),
    (r"\pmb{x} = x", checked(x=between(0.1, 0.9))),
    (r"\frac{\partial}{\partial \mathbf{x}} x^T x = 2 x", checked(x=between(-1, 1, 3))),
    (r"\frac{\partial}{\partial \vec x} x^T x = 2 x", checked(x=between(-1, 1, 3))),
    (r"\frac{\partial}{\partial \vec{x}} x^T x = 2 x", checked(x=between(-1, 1, 3))),
    (r"\frac{\partial}{\partial {x}} x^T x = 2 x", checked(x=between(-1, 1, 3))),
    (r"\partial_x x^2 = 2x", checked(x=between(0.1, 0.9))),
    (
        r"f_x = 2x",
        checked(x=between(0.1, 0.9), y=between(0, 1), **plane("f", lambda x, y: x * x + y)),
    ),
    (r"\dot{x} = 2", checked(t=between(0, 1), x=lambda t: 2 * t)),
    (r"\ddot x = 0", checked(t=between(0, 1), x=lambda t: 2 * t)),
    (
        r"\overline{x} = m",
        checked(x=between(0, 1, 3), bar_x=lambda x: x.mean(), m=lambda x: x.mean()),
    ),
    (r"\widehat{y} = x", checked(x=between(0, 1), hat_y=lambda x: x)),
    (r"D f(x) = 2x", checked(x=between(0.1, 0.9), f=function(lambda x: x * x))),
    (r"\frac{d}{dx}\left[x^2 + 1\right] = 2x", checked(x=between(0.1, 0.9))),
    (r"\frac{d\,}{d\,x} x^2 = 2x", checked(x=between(0.1, 0.9))),
    (r"dy/dx = 2x", checked(x=between(0, 1), y=lambda x: x * x)),
    (r"d/dx\, x^2 = 2x", checked(x=between(0.1, 0.9))),
    (r"\partial y/\partial x = 2x", checked(x=between(0, 1), y=lambda x: x * x)),
    (r"\frac{d^2 y}{dx^2} = 2", checked(x=between(0, 1), y=lambda x: x * x)),
    (r"\frac{d^{2} y}{dx^{2}} = 2", checked(x=between(0, 1), y=lambda x: x * x)),
    (r"\frac{d^n}{dx^n} e^x = e^x", checked(x=between(0.1, 0.9), n=1)),
    (r"\frac{1}{\infty} = 0", checked()),
    (r"50\% = 0.5", checked()),
    (r"\cos 60^\circ = 0.5", checked()),
    (r"v = 6\,\mathrm{m/s}", checked(v=6)),
    (r"v = 6 \text{ m/s}", checked(v=6)),
    (r"x^\top x = x \cdot x", checked(x=between(-1, 1, 3))),
    (r"x^{\mathsf T} x = x \cdot x", checked(x=between(-1, 1, 3))),
    (r"x^{\mathrm T} x = x \cdot x", checked(x=between(-1, 1, 3))),
    (r"x^{\intercal} x = x \cdot x", checked(x=between(-1, 1, 3))),
    (r"x^{\text{T}} x = x \cdot x", checked(x=between(-1, 1, 3))),
    (r"(A x)^T = x^T A^T", checked(x=between(-1, 1, 3), A=between(0, 1, 2, 3))),
    (r"A_{12} = A_{12}", checked(A=between(0, 1, 2, 2))),
    (r"A_{1,2} = A_{1,2}", checked(A=between(0, 1, 2, 2))),
    (r"A_{1 2} = A_{1,2}", checked(A=between(0, 1, 2, 2))),
    (r"A_{i,j+1} = A_{i,j+1}", checked(A=between(0, 1, 3, 3), i=whole(1, 2), j=whole(1, 2))),
    (r"x_{2i} = x_2", checked(x=between(-1, 1, 3), i=1)),
    (r"x_{n-1} = x_2", checked(x=between(-1, 1, 3), n=3)),
    (r"\sum_{i \in S} x_i = x_1", checked(x=between(-1, 1, 3), S=[1])),
    (r"\sum_i x_i = x_1+x_2+x_3", checked(x=between(-1, 1, 3))),
    (r"\sum x_i = x_1+x_2+x_3", checked(x=between(-1, 1, 3))),
    (r"\sum\limits_{i=1}^{3} x_i = x_1+x_2+x_3", checked(x=between(-1, 1, 3))),
    (r"\sum^{3}_{i=1} x_i = x_1+x_2+x_3", checked(x=between(-1, 1, 3))),
    (r"\sum_{i,j=1}^{3} x_i x_j = (x_1+x_2+x_3)^2", checked(x=between(-1, 1, 3))),
    (r"\sum_{i<j} x_i x_j = x_1x_2+x_1x_3+x_2x_3", checked(x=between(-1, 1, 3))),
    (r"\sum_{i=1}^{3} -x_i = -x_1-x_2-x_3", checked(x=between(-1, 1, 3))),
    (r"\sum_{k=0}^{\infty} x^k = \frac1{1-x}", checked(x=between(0, 0.5))),
    (r"\textstyle\sum_{i=1}^{3} x_i = x_1+x_2+x_3", checked(x=between(-1, 1, 3))),
    (r"\frac{\frac{d}{dx}x^2}{2} = x", checked(x=between(0.1, 0.9))),
    (r"\frac x2 = 0.5x", checked(x=between(0.1, 0.9))),
    (r"\cfrac{x}{2} = 0.5x", checked(x=between(0.1, 0.9))),
    (r"{x \over 2} = 0.5x", checked(x=between(0.1, 0.9))),
    (r"{x}^{2} = xx", checked(x=between(0.1, 0.9))),
    (r"(x^2)'' = 2", checked(x=between(0.1, 0.9), along="x")),
    (r"(x^2)^{\prime} = 2x", checked(x=between(0.1, 0.9), along="x")),
]

WRONG = [
    (
        r"\nabla f = A x - b",
        checked(
            x=between(-2, 2, 2),
            A=A,
            b=bvec,
            f=lambda x: x @ A @ x - bvec @ x,
            nabla_f=lambda x: 2 * A @ x - bvec,
        ),
    ),
    (
        r"\frac{df}{dx} = A x - b",
        QUADRATIC,
    ),
    (
        r"p = \Phi (\Phi^T \Phi)^{-1} \Phi y",
        checked(y=between(-2, 2, 5), Phi=P, p=lambda y: P @ np.linalg.lstsq(P, y, rcond=None)[0]),
    ),
    (
        r"p = (\Phi^T \Phi)^{-1} \Phi^T y",
        checked(y=between(-2, 2, 5), Phi=P, p=lambda y: P @ np.linalg.lstsq(P, y, rcond=None)[0]),
    ),
    (
        r"t = (X^T X)^{-1} X y",
        checked(X=P, y=between(-1, 1, 5), t=lambda y: np.linalg.lstsq(P, y, rcond=None)[0]),
    ),
    (
        r"\frac{d}{dx}\left(\sqrt{x^2 + \exp(x^2)} + \cos(x^2 + \exp(x^2))\right) = 2x \left(-\frac{1}{2\sqrt{x^2 + \exp(x^2)}} - \sin(x^2+\exp(x^2))\right)\left(1 + \exp(x^2)\right)",
        checked(x=between(-1, 1)),
    ),
    (r"\frac{\partial}{\partial X} \det X = \det(X) X^{-1}", checked(X=between(1, 2, 2, 2))),
    (
        r"\frac{\partial}{\partial X} \operatorname{tr}(A X) = A",
        checked(A=between(1, 2, 2, 2), X=between(1, 2, 2, 2), tr=function(np.trace)),
    ),
    (r"x x^T = x^T x", checked(x=between(-1, 1, 2))),
    (
        r"\frac{\partial A x}{\partial x} = A^T",
        checked(A=between(-1, 1, 3, 2), x=between(-1, 1, 2)),
    ),
    (
        r"\frac{\partial A x}{\partial x} = A^T",
        checked(A=between(-1, 1, 2, 2), x=between(-1, 1, 2)),
    ),
    (
        r"d_1 = (1 - \tanh^2 z_2)\, d_2 w",
        checked(
            z_1=between(-1, 1),
            z_2=between(-1, 1),
            d_2=between(-1, 1),
            w=between(-1, 1),
            d_1=lambda z_1, d_2, w: (1 - np.tanh(z_1) ** 2) * d_2 * w,
        ),
    ),
    (r"\exp(x)^2 = \exp(x^2)", checked(x=between(-1, 1))),
    (r"\sum_{i=1}^{3} x^2_i = 3 x^T x", checked(x=between(-1, 1, 3))),
    (r"(A x)_i = A x", checked(A=between(-1, 1, 3, 3), x=between(-1, 1, 3), i=whole(1, 3))),
    (
        r"(A B)_{ij} = (A B)_{ji}",
        checked(A=between(-1, 1, 3, 3), B=between(-1, 1, 3, 3), i=whole(1, 3), j=whole(1, 3)),
    ),
    (r"A^T_{ij} = A_{ij}", checked(A=between(-1, 1, 3, 3), i=whole(1, 3), j=whole(1, 3))),
    (
        r"\operatorname{softmax}(z)_i = \operatorname{softmax}(z)_{i+1}",
        checked(
            z=between(-1, 1, 3),
            i=whole(1, 2),
            softmax=function(lambda z: np.exp(z) / np.exp(z).sum()),
        ),
    ),
    (r"\lVert x \rVert_1 = \sqrt{x_1^2 + x_2^2}", checked(x=between(-1, 1, 2))),
    (r"\lVert x \rVert_\infty = \sqrt{x_1^2 + x_2^2}", checked(x=between(-1, 1, 2))),
    (r"\lVert A \rVert_2 = s", checked(A=between(-1, 1, 2, 2), s=lambda A: np.linalg.norm(A))),
    (
        r"w x + b = 0 \Longleftrightarrow x = \frac{b}{w}",
        checked(w=between(1, 2), b=between(1, 2), x=between(-2, 2)),
    ),
    (
        r"w x + b > 0 \Longleftrightarrow x > \frac{b}{w}",
        checked(w=between(1, 2), b=between(1, 2), x=between(-2, 2)),
    ),
    (r"2x = 3x \\ w > 0 \Longleftrightarrow w > 0", checked(w=between(-1, 2), x=between(1, 2))),
    (r"w > 0 \Longleftrightarrow 2w > 0, \qquad w = 5w", checked(w=between(-1, 2))),
    (r"w>0 \Longleftrightarrow 2w>0 \Longleftrightarrow w > 1", checked(w=between(-1, 2))),
    (r"x > 0 \Longrightarrow x > 1", checked(x=between(-2, 2))),
    (r"h^2 = 5h^2", checked(h=between(1e-05, 0.0001))),
    (
        r"\Delta w = -3\alpha g",
        checked(g=between(-1, 1), alpha=between(1e-09, 1e-08), Delta_w=lambda g, alpha: -alpha * g),
    ),
    (
        r"\sigma'(z) = 2\sigma(z)(1-\sigma(z))",
        checked(z=between(20, 30), sigma=function(lambda z: 1 / (1 + np.exp(-z))), along="z"),
    ),
    (r"\varepsilon = 2\varepsilon", checked(varepsilon=2.2e-16)),
    (r"\alpha = 0.00000005", checked(alpha=1e-08)),
    (r"\nabla f = 2", checked(x=between(-1, 1, 2), nabla_f=lambda x: np.array([2.0, 2.0]))),
    (r"H = 2", checked(H=np.full((2, 2), 2.0))),
    (
        r"A - \lambda = A - \lambda J",
        checked(A=between(0, 1, 2, 2), lam=between(0, 1), J=np.ones((2, 2))),
    ),
    (r"x + 1 = x + u", checked(x=between(0, 1, 2), u=np.ones(2))),
    (r"\underset{1 \times 2}{x^T} \underset{1 \times 2}{x} = x^T x", checked(x=between(0, 1, 2))),
    (r"\frac{A}{B} = A B^{-1}", checked(A=between(1, 2, 2, 2), B=between(1, 2, 2, 2))),
    (
        r"L = \log \left(\frac{\sum_{j=1}^{3} y_j\exp(x_j)}{\sum_{j=1}^{3} \exp(x_j)}\right)",
        checked(
            x=between(-1, 1, 3),
            y=between(0, 1, 3),
            L=lambda x, y: -(y * np.log(np.exp(x) / np.exp(x).sum())).sum(),
        ),
    ),
    (
        r"\frac{\partial p_k}{\partial z_j} = p_k (1 - p_j)",
        SOFTMAX,
    ),
    (
        r"r'(x) = \begin{cases} 1 & x < 0 \\ 0 & x > 0 \end{cases}",
        checked(x=between(-1, 1), r=function(lambda x: max(x, 0))),
    ),
    (
        r"r_p(x) = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}",
        checked(x=between(-1, 1), r_p=function(lambda x: float(x >= 0))),
    ),
    (
        r"\frac{\partial^2}{\partial x \partial y} f(x,y) \approx \frac{f(x+h,y+k) - f(x+h,y)}{hk}",
        checked(
            f=function(lambda x, y: np.sin(x) * y**2),
            x=between(0, 1),
            y=between(0, 1),
            h=between(0.001, 0.002),
            k=between(0.001, 0.002),
            close=0.01,
        ),
    ),
    (
        r"f(x+d) \approx f(x) + f'(x) d - \frac12 f''(x) d^2",
        checked(x=between(-1, 1), d=between(-0.01, 0.01), f=function(np.exp), close=1e-05),
    ),
    (
        r"\theta_{t+1} = \theta_t - \eta(v_{t+1} + \nabla\ell(\theta_t))",
        checked(
            theta_t=between(-1, 1),
            eta=between(0, 1),
            gamma=between(0, 1),
            v_t_plus_1=between(-1, 1),
            nabla_ell=function(lambda t: 2 * t),
            theta_t_plus_1=lambda theta_t, eta, gamma, v_t_plus_1: (
                theta_t - eta * (gamma * v_t_plus_1 + 2 * theta_t)
            ),
        ),
    ),
    (
        r"\lim_{x\to a} \frac{f(x)-f(x)}{g(x)-g(a)} = \frac{f'(a)}{g'(a)}",
        checked(a=between(0.1, 1), f=function(np.sin), g=function(np.exp)),
    ),
    (r"\lim_{h \to 0} \frac{|h|}{h} = 1", checked()),
    (r"\lim_{h \to 0} \frac{1}{h} = 0", checked()),
    (r"\lim_{h \to 0} \sin\frac{1}{h} = 0", checked()),
    (r"\lim_{n\to\infty} \frac{\ln n}{\sqrt n} = 1", checked()),
    (
        r"\tanh(x) = 2\sigma(x) - 1",
        checked(x=between(-2, 2), sigma=function(lambda z: 1 / (1 + np.exp(-z)))),
    ),
    (r"\exp(-ywC) = \exp(-C)\exp(-yw)", checked(y=between(0, 1), w=between(0, 1), C=between(1, 2))),
    (
        r"s = \sum_{i=1}^{5}\sum_{j=1}^{3} n_{ij}",
        checked(n=between(0, 1, 3, 5), s=lambda n: n.sum()),
    ),
    (
        r"s = \sum_{i=0}^{2}\sum_{j=1}^{5} n_{ij}",
        checked(n=between(0, 1, 3, 5), s=lambda n: n.sum()),
    ),
    (
        r"f'(x) \approx \frac{-f(x+2h)+4f(x+h)-3f(x)}{3h}",
        checked(x=between(0, 1), h=between(0.001, 0.002), f=function(np.sin), close=1e-05),
    ),
    (
        r"\frac{\partial}{\partial \sigma}\left(-\frac{n}{2}\ln(2\pi\sigma^2) - \frac{1}{2\sigma^2}\sum_{i=1}^{n}(x_i-\mu)^2\right) = \frac{n}{\sigma} + \sigma^{-3}\sum_{i=1}^{n}(x_i-\mu)^2",
        checked(n=4, sigma=between(1, 2), mu=between(0, 1), x=between(0, 1, 4)),
    ),
    (
        r"a^{(1)}_j = a^{(1)}_k",
        checked(a_1=between(-1, 1, 3), a_2=between(-1, 1, 3), j=whole(1, 3), k=whole(1, 3)),
    ),
    (r"\mathbf{x}_1 = \mathbf{x}_2", checked(x=between(-1, 1, 2))),
    (r"\sum_{i=1}^{2} \mathbf{x}_i = 2x", checked(x=between(-1, 1, 2))),
    (r"\mathbf{W}^{(2)} = W W", checked(W=between(-1, 1, 2, 2), W_2=between(-1, 1, 2, 2))),
    (r"\vec{a}^{(2)} = a \cdot a", checked(a=between(-1, 1, 2), a_2=between(-1, 1, 2))),
    (
        r"\frac{df}{dx}(3) = 6x",
        checked(x=between(-1, 1), f=function(lambda x: x**2), f_value=lambda x: x**2),
    ),
    (
        r"\frac{\mathrm{d}y}{\mathrm{d}x} = \frac{y}{x}",
        checked(x=between(1, 2), y=lambda x: x**3, d=between(0, 1)),
    ),
    (r"n = 10\,000", checked(n=0)),
    (r"\sin^{-1} x = \frac{1}{\sin x}", checked(x=between(0.1, 1))),
    (r"a \times b = a \cdot b", checked(a=between(0, 1, 3), b=between(0, 1, 3))),
    (r"v = \begin{bmatrix} 0.5 & 0.1634 \end{bmatrix}", checked(v=np.array([0.5, 0.1234]))),
    (
        r"H = \begin{bmatrix} 12.3 & 0.046 \\ 0.004 & 1.87 \end{bmatrix}",
        checked(H=np.array([[12.3, 0.004], [0.046, 1.85]])),
    ),
    (r"v = (0.5, 0.1634)", checked(v=np.array([0.5, 0.1234]))),
    (r"g = 1.6 \cdot 10^{-9}", checked(g=1.2e-09)),
    (r"x y^T = x^T y", checked(x=between(0, 1, 2), y=between(0, 1, 2))),
    (r"a/2b = \frac{ab}{2}", checked(a=between(1, 2), b=between(1, 2))),
    (
        r"x := x - \alpha g",
        checked(
            x=between(0, 1),
            alpha=between(0, 1),
            g=between(0, 1),
            new_x=lambda x, alpha, g: x + alpha * g,
        ),
    ),
    (r"\pi \approx 3.15", checked()),
    (r"\pi \approx \frac{22}{7}", checked()),
]

TWO_WAYS = [
    (r"\sin(x)^2 + \cos(x)^2 = 1", checked(x=between(-1, 1))),
    (r"\frac{d}{dx} \sin(x)^2 = 2x\cos(x^2)", checked(x=between(-1, 1))),
    (r"\frac{d}{dx} \sin(x)^2 = 2\sin(x)\cos(x)", checked(x=between(-1, 1))),
    (r"\frac{d}{dz}\tanh(z) = 1 - \tanh(z)^2", checked(z=between(-1, 1))),
    (r"\ln(x)^3 = 3\ln(x)", checked(x=between(1, 2))),
    (r"\sin(x)^2 y = \sin(x^2 y)", checked(x=between(1, 2), y=between(1, 2))),
    (r"\ln(1+x)^{-1} = -\ln(1+x)", checked(x=between(1, 2))),
    (r"\frac{d}{dx}\ln(x)^2 = \frac{2\ln(x)}{x}", checked(x=between(1, 2))),
]


# What a shorter list of notations would let pass.

RIGHT += [
    (r"x^{2y} = x^{y}x^{y}", checked(x=between(1, 2), y=between(1, 2))),
    (r"\frac{\partial L}{\partial a}(y - a) = 0", checked(L=3.0, a=between(0, 1), y=between(1, 2))),
    (r"x \ge 1 \iff 2x \ge 2", checked(x=between(0, 2))),
    (r"x^2 = 4 \iff |x| = 2", checked(x=between(-5, 5))),
    (
        r"f(x+d) = f(x) + f'(x) d + O(d^2)",
        checked(x=between(-1, 1), d=between(-0.01, 0.01), f=function(np.exp)),
    ),
    (r"(f \circ g)(x) = f(g(x))", checked(x=between(0, 1), f=function(np.sin), g=function(np.exp))),
    (r"a \times b = -b \times a", checked(a=between(0, 1, 3), b=between(0, 1, 3))),
    (r"\int_0^x \cos t\,\mathrm{d}t = \sin x", checked(x=between(0, 3))),
    (r"\sum_{k=1}^{n} k^2 = \frac{n(n+1)(2n+1)}{6}", checked(n=whole(1, 9))),
    (r"2x + h \longrightarrow 2x", checked(x=between(0, 1), h=between(0, 1))),
    (r"\sin \pi = 0", checked()),
    (
        r"\begin{pmatrix} x & 1 \end{pmatrix}^T = \begin{pmatrix} x \\ 1 \end{pmatrix}",
        checked(x=between(0, 1)),
    ),
]
WRONG += [
    (r"x \ge 1 \iff 2x > 2", checked(x=between(0, 2))),
    (r"x^2 = 4 \iff x = 2", checked(x=between(-5, 5))),
    (
        r"f(x+d) = f(x) + f'(x) d + O(d^3)",
        checked(x=between(-1, 1), d=between(-0.01, 0.01), f=function(np.exp)),
    ),
    (r"x^T = x", checked(x=between(0, 1, 3))),
    (
        r"\begin{bmatrix} x & 1 \end{bmatrix} = \begin{bmatrix} x \\ 1 \end{bmatrix}",
        checked(x=between(0, 1)),
    ),
    (r"\pi = 3.14", checked()),
    (r"\frac13 = 0.33", checked()),
    (r"|x| = x \quad \text{if } x > 2", checked(x=between(-1, 1))),
    (r"2x + h \longrightarrow 3x", checked(x=between(0, 1), h=between(0, 1))),
    (r"\int_0^x \cos t\,dt = \cos x", checked(x=between(0, 3))),
    (r"j = 0, 1", checked(j=2)),
    (r"x \in [0, 1]", checked(x=between(0, 2))),
    (
        r"x^T x = \begin{bmatrix} x_1^2 & x_1 x_2 \\ x_1 x_2 & x_2^2 \end{bmatrix}",
        checked(x=between(0, 1, 2)),
    ),
    (r"\frac{dy}{dx} = 2x + 1", checked(x=0, y=lambda x: x**2 + np.sin(x))),
    (r"x", checked(x=between(0, 1))),
    (r"f = [2y; 20x]", checked(x=between(0, 1), y=between(0, 1), f=1.0)),
]
TWO_WAYS += [
    (r"\ln|x|^2 = 2\ln|x|", checked(x=between(1, 2))),
    (r"y(x) = x^2", checked(x=between(0, 1), y=lambda x: x**2)),
    (r"\frac{dy}{dx} = \frac yx", checked(x=between(1, 2), y=lambda x: x, d=2.0)),
    (r"x/2(x + 1) = 1", checked(x=between(1, 2))),
    (r"f^2(x) = f(f(x))", checked(x=between(1, 2), f=function(np.sin))),
    (r"\lim_{h \to 0} x + h = x", checked(x=between(1, 2), h=between(0, 1))),
]
UNREAD = [
    (r"x \uplus x = x", checked(x=between(0, 1)), r"uplus.*place 3"),
    (r"\text{nearly } x = x", checked(x=between(0, 1)), "nearly"),
    (r"x = x \text{ maybe}", checked(x=between(0, 1)), "maybe"),
    (r"2 \; 000 = 2000", checked(), "two numbers stand side by side"),
    (r"x_a = x", checked(x=between(0, 1)), "nothing is said of"),
    (r"\int t\,dt = 1", checked(), "bounds"),
    (r"x +", checked(x=between(0, 1)), "end"),
    (r"\begin{bmatrix} 1 & 2 \\ 3 \end{bmatrix} = x", checked(x=1), "lengths"),
    (r"\lVert A \rVert = 1", checked(A=A), "norm of a matrix"),
    (r"x^2 = 4 \iff x = \pm 2", checked(x=between(-5, 5)), "pm beside an arrow"),
    (r"\frac{\partial x}{\partial f} = 0", checked(x=between(0, 1), f=lambda x: x**2), "by f"),
]
RIGHT += [
    (r"\int_{-\infty}^{\infty} e^{-x^2}\,dx = \sqrt{\pi}", checked()),
    (r"\int_1^\infty \frac{1}{x^2}\,dx = 1", checked()),
    (r"\int_{-\infty}^0 e^t\,dt = 1", checked()),
    (r"\int_\infty^1 \frac{1}{x^2}\,dx = -1", checked()),
    (r"\sqrt{x^2} = x \quad (x \ge 0)", checked(x=between(-9, 9))),
    (r"\frac{d}{dx} x|x| = 2x \quad (x \ge 0)", checked(x=between(-2, 2))),
    (r"\frac{d}{dx} \ln(1 + x) = \frac{1}{1 + x} \quad (x \ge 0)", checked(x=between(-2, 2))),
    (r"\frac{d}{dx} x^{3/2} = \tfrac32 \sqrt x \quad (x \ge 0)", checked(x=between(-2, 2))),
    (r"x \in [0, 1] \implies x^2 \le x", checked(x=between(-2, 2))),
    (r"x^2 \ge 0 \quad (x \in \mathbb{R})", checked(x=between(-2, 2))),
    (
        r"\sqrt{xy} = \sqrt x \sqrt y \quad (x \ge 0, \; y \ge 0)",
        checked(x=between(-2, 2), y=between(-2, 2)),
    ),
    (r"x^2 \le x \quad (x \in [0, 1])", checked(x=between(-2, 2))),
    (r"x \in (0, 1) \iff x^2 < x", checked(x=between(-2, 2))),
    (r"x \in [1, \infty) \implies x^2 \ge x", checked(x=between(-2, 2))),
    (r"|x| < 2 \iff x \in (-2, 2)", checked(x=between(-5, 5))),
    (r"e^{\ln x} = x \quad (0 < x \le 1)", checked(x=between(-2, 2))),
    (r"\frac{d}{dx} \sqrt x = \frac{1}{2\sqrt x} \quad (x > 0)", checked(x=between(-2, 2))),
    (
        r"y = \begin{cases} wx & wx \ge 0 \\ 0 & wx \le 0 \end{cases}",
        checked(w=between(-2, 2), x=between(-2, 2), y=lambda w, x: max(w * x, 0.0)),
    ),
    (r"\frac{2}{\lambda} \approx 0.0601", checked(lam=33.2768)),
    (r"\lambda = 33.28", checked(lam=33.2768)),
]
WRONG += [
    (r"\int_0^\infty e^{-x^2}\,dx = \sqrt{\pi}", checked()),
    (r"\int_1^\infty \frac{1}{x}\,dx = 10", checked()),
    (r"\int_\infty^1 \frac{1}{x^2}\,dx = 1", checked()),
    (r"e^{\ln x} = x \quad (x \ge 0)", checked(x=between(-9, 9))),
    (r"x \in [0, 1] \implies x^2 < x", checked(x=between(-2, 2))),
    (r"x^2 > 0 \quad (x \in [0, 1])", checked(x=between(-2, 2))),
    (r"x^3 \ge 0 \quad (x \in \mathbb{R})", checked(x=between(-2, 2))),
    (
        r"\sqrt{xy} = \sqrt x \sqrt y \quad (x \le 0, \; y \le 0)",
        checked(x=between(-2, 2), y=between(-2, 2)),
    ),
    (r"x \in [0, 1] \iff x^2 < x", checked(x=between(-2, 2))),
    (r"x \in [0, 2] \implies x^2 \le x", checked(x=between(-2, 2))),
    (r"|x| < 2 \iff x \in (-2, 2]", checked(x=between(-5, 5))),
    (r"x \in (-\infty, 1] \implies x^2 \ge x", checked(x=between(-2, 2))),
    (r"\frac xx = 1 \quad (0 \le x \le 1)", checked(x=between(-2, 2))),
    (r"\frac{d}{dx} \sqrt x = \frac{1}{2\sqrt x} \quad (x \ge 0)", checked(x=between(-2, 2))),
    (r"\frac{d}{dx} |x| = 1 \quad (x \ge 0)", checked(x=between(-2, 2))),
    (r"\frac{d}{dx} \max(0, x) = 1 \quad (x \ge 0)", checked(x=between(-2, 2))),
    (r"f'(x) = -1 \quad (x \le 0)", checked(x=between(-2, 2), f=function(abs))),
    (
        r"y = \begin{cases} 1 & wx \ge 0 \\ 0 & wx \le 0 \end{cases}",
        checked(w=between(-2, 2), x=between(-2, 2), y=lambda w, x: float(w * x >= 0)),
    ),
    (r"\frac{2}{\lambda} = 0.0601", checked(lam=33.2768)),
    (r"ab + b = 0.67", checked(a=between(1, 1), b=0.3333)),
]


@pytest.mark.parametrize(("formula", "entry"), RIGHT, ids=[each[0] for each in RIGHT])
def test_right_formula_is_ticked(formula, entry):
    assert check(formula, entry, "a").points >= 1


@pytest.mark.parametrize(("formula", "entry"), RIGHT, ids=[each[0] for each in RIGHT])
def test_tree_is_printed_as_it_was_written(formula, entry):
    found = read(formula, known_of(entry))
    source = [token.text for token in cut(formula)]
    assert essential(printed(found)) == essential(source)
    assert read(latex(found), known_of(entry)) == found


@pytest.mark.parametrize(("formula", "entry"), WRONG, ids=[each[0] for each in WRONG])
def test_wrong_formula_is_refused(formula, entry):
    with pytest.raises((Wrong, Unreadable)):
        check(formula, entry, "a")


@pytest.mark.parametrize(("formula", "entry"), TWO_WAYS, ids=[each[0] for each in TWO_WAYS])
def test_what_is_written_in_two_ways_is_refused_with_both(formula, entry):
    with pytest.raises(Unreadable, match=r"is it .+ or .+") as refused:
        check(formula, entry, "a")
    assert len(set(refused.value.readings)) == 2


@pytest.mark.parametrize(("formula", "entry", "words"), UNREAD, ids=[each[0] for each in UNREAD])
def test_what_is_not_read_is_named(formula, entry, words):
    with pytest.raises(Unreadable, match=words):
        check(formula, entry, "a")
