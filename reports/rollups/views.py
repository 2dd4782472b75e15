"""What the nightly self-audit found, for the administrators of the topmost unit: where, and what to do, no figures."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.gates import require, signed_in

from . import nightly


@login_required
@require_safe
def self_audit(request: HttpRequest) -> HttpResponse:
    """The newest audit: when it was, how many totals differed, and where."""
    user = signed_in(request)
    require(nightly.is_keeper(user))
    audit = nightly.last_audit()
    context = {"audit": audit, "places": nightly.places_of(audit, user) if audit else [], "nav_key": "periods"}
    return render(request, "reports/rollups/audit.html", context)
