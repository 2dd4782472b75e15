"""The portal's addresses and one more: the bare page, a signed-in page of the same frame with nothing in it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from doan_portal.urls import urlpatterns as portal_patterns


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    """What every page costs before it says anything: middleware, session, person, frame and navigation."""
    return render(request, "base.html")


urlpatterns = [path("bare/", bare), *portal_patterns]
